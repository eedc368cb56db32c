// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QString>
#include <optional>

namespace awaitscope::test {

/// How far two pictures of the same size are from each other, seen with half-closed eyes: both are blurred before they
/// are compared, so that another hand at the edges of letters, or a letter moved by part of a pixel, counts for
/// nothing, and a word, a colour, a line that has moved counts.
struct PictureDifference {
    double share = 0;  ///< of all pixels, those that differ to the eye
    QImage where;      ///< the second picture, pale, with red where it differs
};

/// nullopt: they are not of the same size.
std::optional<PictureDifference> pictureDifference(const QImage& approved, const QImage& painted);

/// The share of differing pixels up to which two pictures are the same.
inline constexpr double picture_tolerance = 0.001;

/// Fails the running case unless the picture is the approved one, tests/golden/pictures/NAME.png. Then it leaves
/// NAME.png, NAME.approved.png and NAME.difference.png in build/.../pictures, and says so. With AWAITSCOPE_APPROVE in
/// the environment the picture becomes the approved one instead. Where other fonts are installed than those with which
/// the pictures were approved, nothing can be compared: it says so, and passes.
void checkPicture(const QString& name, const QImage& painted);

}  // namespace awaitscope::test
