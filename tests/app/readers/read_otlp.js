// SPDX-License-Identifier: GPL-3.0-or-later
// Checks each line of a file by OpenTelemetry's own protocol definitions, as its JavaScript packages bring them, and
// prints how many spans there are. Exit code 77: the packages are not here (npm ci, in this folder).
'use strict';
const fs = require('fs');

let request;
try {
  const root = require('@opentelemetry/otlp-transformer/build/src/generated/root');
  request = root.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
} catch (missing) {
  console.log('skipped: @opentelemetry/otlp-transformer is not installed; npm ci in tests/app/readers');
  process.exit(77);
}

let spans = 0;
for (const line of fs.readFileSync(process.argv[2], 'utf8').trim().split('\n')) {
  const json = JSON.parse(line);
  const message = request.fromObject(json);
  const wrong = request.verify(message);
  if (wrong) throw new Error(wrong);
  // What the definitions do not know is lost on the way through the binary form.
  const back = request.toObject(request.decode(request.encode(message).finish()), {longs: String});
  for (const resource of back.resourceSpans)
    for (const scope of resource.scopeSpans) spans += scope.spans.length;
  const known = (written, read, path) => {
    for (const key of Object.keys(written)) {
      if (read === undefined || read[key] === undefined) throw new Error(`${path}.${key} is not in the protocol`);
      if (typeof written[key] === 'object') known(written[key], read[key], `${path}.${key}`);
    }
  };
  known(json, back, 'request');
}
console.log(spans);
