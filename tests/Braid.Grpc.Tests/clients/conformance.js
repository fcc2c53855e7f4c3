// Calls every kind of method of the test server with the stock JavaScript client. Prints one JSON line per case.
'use strict';
const path = require('path');
const grpc = require(path.join(process.argv[3], 'node_modules', '@grpc/grpc-js'));

const options = { 'grpc.max_receive_message_length': 32 << 20, 'grpc.max_send_message_length': 32 << 20 };
const connect = (extra) => new grpc.Client(process.argv[2], grpc.credentials.createInsecure(), { ...options, ...extra });
const client = connect();
const zipped = connect({ 'grpc.default_compression_algorithm': 2 });

// google.protobuf.StringValue: field 1, length-delimited.
const varint = (n) => (n < 128 ? [n] : [(n & 127) | 128, ...varint(Math.floor(n / 128))]);
const encode = (text) => {
  const body = Buffer.from(text);
  return body.length === 0 ? Buffer.alloc(0) : Buffer.concat([Buffer.from([10, ...varint(body.length)]), body]);
};
const decode = (bytes) => {
  if (bytes.length === 0) return '';
  let at = 1;
  while (bytes[at] & 128) at++;
  return bytes.subarray(at + 1).toString();
};
const unary = (method, text, meta = new grpc.Metadata(), opts = {}, using = client) =>
  new Promise((resolve, reject) =>
    using.makeUnaryRequest(`/braid.test.Echo/${method}`, encode, decode, text, meta, opts, (e, r) => (e ? reject(e) : resolve(r))));
const collect = (stream) =>
  new Promise((resolve, reject) => {
    const got = [];
    stream.on('data', (one) => got.push(one));
    stream.on('error', reject);
    stream.on('end', () => resolve(got));
  });
const failure = (promise) => promise.then(() => { throw new Error('it succeeded'); }, (e) => e);
const equal = (actual, expected) => {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) throw new Error(`${JSON.stringify(actual)} is not ${JSON.stringify(expected)}`);
};

const cases = {
  unary: async () => equal(await unary('Unary', 'hello'), 'hello'),
  unary_of_an_empty_message: async () => equal(await unary('Unary', ''), ''),
  unary_compressed: async () => equal(await unary('Unary', 'z'.repeat(100000), undefined, {}, zipped), 'z'.repeat(100000)),
  server_stream: async () =>
    equal(await collect(client.makeServerStreamRequest('/braid.test.Echo/Repeat', encode, decode, '3')), ['0', '1', '2']),
  server_stream_of_nothing: async () =>
    equal(await collect(client.makeServerStreamRequest('/braid.test.Echo/Repeat', encode, decode, '0')), []),
  client_stream: () =>
    new Promise((resolve, reject) => {
      const call = client.makeClientStreamRequest('/braid.test.Echo/Collect', encode, decode, (e, r) =>
        e ? reject(e) : r === 'abc' ? resolve() : reject(new Error(r)));
      for (const one of 'abc') call.write(one);
      call.end();
    }),
  duplex: async () => {
    const call = client.makeBidiStreamRequest('/braid.test.Echo/Chat', encode, decode);
    const all = collect(call);
    call.write('one');
    call.write('two');
    call.end();
    equal(await all, ['one', 'two']);
  },
  failure_with_text: async () => {
    const e = await failure(unary('Fail', '5'));
    equal([e.code, e.details], [5, 'no way: 100 % «non»']);
  },
  failure_with_details: async () => {
    const e = await failure(unary('Fail', '3'));
    if (e.metadata.get('grpc-status-details-bin').length !== 1) throw new Error('no details');
  },
  failure_after_messages: async () => {
    const e = await failure(collect(client.makeServerStreamRequest('/braid.test.Echo/RepeatThenFail', encode, decode, '2')));
    equal(e.code, 15);
  },
  unknown_method: async () => equal((await failure(unary('Nothing', 'x'))).code, 12),
  deadline: async () => equal((await failure(unary('Wait', 'x', undefined, { deadline: Date.now() + 100 }))).code, 4),
  cancellation: async () => {
    const call = client.makeServerStreamRequest('/braid.test.Echo/RepeatThenWait', encode, decode, '1');
    const e = await failure(new Promise((resolve, reject) => { call.on('data', () => call.cancel()); call.on('error', reject); }));
    equal(e.code, 1);
  },
  metadata: async () => {
    const meta = new grpc.Metadata();
    meta.set('authn-token', 'secret');
    equal(await unary('Metadata', 'authn-token', meta), 'secret');
  },
  large_message: async () => equal((await unary('Unary', 'x'.repeat(19 << 20))).length, 19 << 20),
  message_beyond_the_limit: async () => equal((await failure(unary('Unary', 'x'.repeat(21 << 20)))).code, 8),
  unexpected_failure: async () => {
    const e = await failure(unary('Throw', 'x'));
    equal([e.code, e.details.includes('secret cause')], [13, false]);
  },
  many_calls_at_once: async () => {
    const all = await Promise.all(Array.from({ length: 200 }, (_, i) => unary('Unary', `${i}`)));
    equal(all, Array.from({ length: 200 }, (_, i) => `${i}`));
  },
};

(async () => {
  for (const [name, run] of Object.entries(cases)) {
    try {
      await run();
      console.log(JSON.stringify({ name, ok: true }));
    } catch (e) {
      console.log(JSON.stringify({ name, ok: false, why: `${e.stack || e}` }));
    }
  }
  client.close();
  zipped.close();
})();
