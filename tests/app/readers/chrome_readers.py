# SPDX-License-Identifier: GPL-3.0-or-later
"""What reads traces of Chrome's besides Perfetto finds in ours what our dump has: the trace engine of DevTools, as the
installed Chromium has it, and speedscope, which npm brings and which runs in that Chromium."""
import base64
import collections
import contextlib
import json
import re
import sys

from recorded import HERE, Run, Slice, Told, assert_same, skip
from trace_processor import killed, python_program

sys.path.insert(0, str(HERE.parent / "browser"))
import chromium

DEVTOOLS = "devtools://devtools/bundled/"
SPEEDSCOPE = HERE / "node_modules/speedscope/dist/release/index.html"


def runs(recorded):
    yield recorded
    with contextlib.suppress(SystemExit):  # where there is no adapter for Python
        yield Run(recorded.awaitscope, recorded.folder, "python", python_program(recorded))
        yield killed(recorded)


def browser(recorded):
    path = chromium.find()
    if not path:
        skip("no Chromium is installed")
    return chromium.Browser(path, recorded.folder / "browser")


def check_devtools(recorded):
    with browser(recorded) as opened:
        page = opened.open(DEVTOOLS + "devtools_app.html")
        for one in runs(recorded):
            told = Told(one.events)
            threads = page.evaluate("""(async text => {
                const trace = await import('%s/models/trace/trace.js');
                const model = trace.TraceModel.Model.createWithAllHandlers();
                await model.parse(JSON.parse(text).traceEvents, {metadata: {}, isFreshRecording: false});
                return [...model.parsedTrace(0).data.Renderer.processes.values()].flatMap(process =>
                    [...process.threads.values()].map(({name, entries}) =>
                        [name, entries.map(({cat, name, ts, dur, args}) => [cat, name, ts, dur, args?.at ?? null])]));
            })(%s)""" % (DEVTOOLS.rstrip("/"), json.dumps(one.export("chrome").read_text())))
            found = collections.Counter()
            for name, entries in threads:
                for category, what, begin, length, at in entries:
                    found[Slice(0, name, category, what, round(1000 * begin), round(1000 * length), at)] += 1
            assert_same(told.complete_slices(), found, f"{one.name}: slices")


def check_speedscope(recorded):
    if not SPEEDSCOPE.exists():
        skip("speedscope is not installed; npm ci in tests/app/readers")
    with browser(recorded) as opened:
        for one in runs(recorded):
            # As its own command hands it a file.
            profile = base64.b64encode(one.export("chrome").read_bytes()).decode()
            loader = recorded.folder / f"{one.name}.js"
            loader.write_text(f"speedscope.loadFileFromBase64('{one.name}', '{profile}')")
            page = opened.open(f"{SPEEDSCOPE.as_uri()}#localProfilePath={loader}")
            read = json.loads(page.evaluate(SAVED))
            check_profiles(one, Told(one.events), read)


# What it has made of the file, by its own button. The file that this gives is caught on its way.
SAVED = """new Promise(done => {
    const give = URL.createObjectURL;
    URL.createObjectURL = file => (file.text().then(done), give.call(URL, file));
    const press = () => {
        const button = [...document.querySelectorAll('div')].filter(div => /^\\W*Export$/.test(div.innerText)).pop();
        button ? button.click() : setTimeout(press, 50);
    };
    press();
})"""


def frame_of(each):
    """speedscope tells apart what has other arguments."""
    arguments = ({"at": each.at} if each.at else {}) | ({"open": True} if each.length is None else {})
    return " ".join([each.name] + ([json.dumps(arguments, separators=(",", ":"))] if arguments else []))


def check_profiles(one, told, read):
    """A profile each task. Its times count from its beginning."""
    frames = [frame["name"] for frame in read["shared"]["frames"]]
    assert set(frames) == {frame_of(each) for each in told.slices if each.length != 0}, "what is alike is one frame"
    found = collections.Counter()
    for profile in read["profiles"]:
        assert profile["unit"] == "microseconds"
        name = re.fullmatch(r".* \(pid \d+\), (.*) \(tid \d+\)", profile["name"]).group(1)
        steps = []
        for begun, ended in zip(profile["events"][::2], profile["events"][1::2], strict=True):
            assert (begun["type"], ended["type"]) == ("O", "C") and begun["frame"] == ended["frame"]
            begin = round(1000 * begun["at"])
            steps.append((frames[begun["frame"]].split(" {")[0], begin, round(1000 * ended["at"]) - begin))
        found[name, tuple(steps)] += 1
    lives = collections.Counter()
    for life in told.lives.values():
        slices = sorted(told.completed(life), key=lambda slice: slice.begin)
        lives[life[0].track, tuple((each.name, each.begin - slices[0].begin, each.length) for each in slices)] += 1
    assert_same(lives, found, f"{one.name}: profiles")
