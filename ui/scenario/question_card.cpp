// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/scenario/question_card.hpp"

#include <QCryptographicHash>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QStyle>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <map>

namespace awaitscope::ui {
namespace {

constexpr int reminder_ms = 1200;

/// A button whose text wraps: answers are sentences. QPushButton paints one line only, so a label lies on it.
QPushButton* answerButton(const QString& text, QWidget* parent) {
    auto* button = new QPushButton(parent);
    button->setProperty("class", "answer");
    button->setCursor(Qt::PointingHandCursor);
    auto* row = new QHBoxLayout(button);
    row->setContentsMargins(11, 6, 11, 6);
    QLabel* words = storyLabel("body", button);
    words->setText(text);
    words->setAttribute(Qt::WA_TransparentForMouseEvents);
    row->addWidget(words);
    button->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::MinimumExpanding);
    return button;
}

}  // namespace

QuestionCard::QuestionCard(const StoryQuestion& question, const std::vector<std::size_t>& order,
                           std::optional<std::size_t> given, bool held, QWidget* parent)
    : QFrame(parent) {
    setObjectName("storyCard");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 10, 12, 10);
    column->setSpacing(6);
    QLabel* ask = storyLabel("body strong", this);
    ask->setText(storyRichText(question.ask));
    column->addWidget(ask);
    for (const std::size_t i : order) {
        const auto& answer = question.answers[i];
        QString text = storyRichText(answer.text);
        const char* verdict = "";
        if (given) {
            const bool chosen = *given == i;
            verdict = answer.right ? "right" : chosen ? "wrong" : "other";
            if (answer.right)
                text.prepend(QString::fromUtf8("✓  "));
            else if (chosen)
                text.prepend(QString::fromUtf8("✗  "));
        }
        auto* button = answerButton(text, this);
        button->setObjectName(QString("answer%1").arg(i));
        button->setAccessibleName(QString::fromStdString(answer.text));
        button->setProperty("verdict", verdict);
        connect(button, &QPushButton::clicked, this, [this, i] { emit answered(i); });
        column->addWidget(button);
        if (!given && !first_) first_ = button;
    }
    if (given) {
        why_ = storyLabel("body", this);
        why_->setObjectName("storyWhy");
        why_->setText((question.answers[*given].right ? tr("<b>Right.</b> ") : tr("<b>Not quite.</b> ")) +
                      storyRichText(question.why));
        column->addWidget(why_);
    } else if (held) {
        QLabel* words = storyLabel("soft", this);
        words->setObjectName("storyHeld");
        words->setText(tr("What comes next is hidden until you have answered."));
        auto* skip = new QPushButton(tr("Skip"), this);
        skip->setObjectName("storySkip");
        skip->setProperty("class", "plain");
        skip->setToolTip(tr("Leave the question open, and go on"));
        connect(skip, &QPushButton::clicked, this, &QuestionCard::skipped);
        auto* row = new QHBoxLayout;
        row->addWidget(words, 1);
        row->addWidget(skip, 0, Qt::AlignTop);
        column->addLayout(row);
    }
}

void QuestionCard::remind() {
    const auto mark = [this](bool on) {
        setProperty("reminds", on);
        style()->unpolish(this);
        style()->polish(this);
    };
    mark(true);
    QTimer::singleShot(reminder_ms, this, [mark] { mark(false); });
}

std::vector<std::size_t> answerOrder(const QString& scenario, std::size_t step, std::size_t answers) {
    std::map<QByteArray, std::size_t> by_digest;
    for (std::size_t i = 0; i < answers; ++i) {
        const QString seed = QString("%1/%2/%3").arg(scenario).arg(step).arg(i);
        by_digest.emplace(QCryptographicHash::hash(seed.toUtf8(), QCryptographicHash::Sha1), i);
    }
    std::vector<std::size_t> order;
    for (const auto& [digest, i] : by_digest) order.push_back(i);
    return order;
}

QString storyRichText(const std::string& text) {
    QString html = QString::fromStdString(text).toHtmlEscaped();
    static const QRegularExpression bold(R"(\*\*(.+?)\*\*)"), code("`([^`]+)`");
    html.replace(bold, "<b>\\1</b>");
    html.replace(code, "<span style=\"font-family:'JetBrains Mono',monospace; font-size:13px\">\\1</span>");
    html.replace("\n\n", "<br><br>");
    return html;
}

QLabel* storyLabel(const char* cls, QWidget* parent) {
    auto* made = new QLabel(parent);
    made->setProperty("class", cls);
    made->setWordWrap(true);
    made->setTextFormat(Qt::RichText);
    return made;
}

}  // namespace awaitscope::ui
