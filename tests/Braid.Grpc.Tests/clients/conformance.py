"""Calls every kind of method of the test server with the stock Python client. Prints one JSON line per case."""
import json
import sys
import traceback
from concurrent.futures import ThreadPoolExecutor

import grpc

OPTIONS = [
    ("grpc.max_receive_message_length", 32 << 20),
    ("grpc.max_send_message_length", 32 << 20),
    ("grpc.keepalive_time_ms", 1000),
    ("grpc.http2.max_pings_without_data", 0),
    ("grpc.keepalive_permit_without_calls", 1),
]
channel = grpc.insecure_channel(sys.argv[1], options=OPTIONS)


def encode(text):
    """google.protobuf.StringValue: field 1, length-delimited."""
    body, size = text.encode(), b""
    length = len(body)
    while length > 127:
        size += bytes([length & 127 | 128])
        length >>= 7
    return b"" if not body else b"\x0a" + size + bytes([length]) + body


def decode(data):
    at = 1
    while at < len(data) and data[at] & 128:
        at += 1
    return data[at + 1 :].decode()


def method(kind, name):
    return getattr(channel, kind)(f"/braid.test.Echo/{name}", request_serializer=encode, response_deserializer=decode)


def unary(name, text, **options):
    return method("unary_unary", name)(text, **options)


def failure(call):
    try:
        call()
    except grpc.RpcError as error:
        return error
    raise AssertionError("it succeeded")


def check(condition, what=""):
    if not condition:
        raise AssertionError(what)


def case_unary():
    check(unary("Unary", "hello") == "hello")


def case_unary_compressed():
    check(unary("Unary", "z" * 100000, compression=grpc.Compression.Gzip) == "z" * 100000)


def case_server_stream():
    check(list(method("unary_stream", "Repeat")("3")) == ["0", "1", "2"])


def case_client_stream():
    check(method("stream_unary", "Collect")(iter("abc")) == "abc")


def case_duplex():
    check(list(method("stream_stream", "Chat")(iter(["one", "two"]))) == ["one", "two"])


def case_failure_with_text():
    error = failure(lambda: unary("Fail", "5"))
    check((error.code(), error.details()) == (grpc.StatusCode.NOT_FOUND, "no way: 100 % «non»"), error)


def case_failure_with_details():
    error = failure(lambda: unary("Fail", "3"))
    check("grpc-status-details-bin" in dict(error.trailing_metadata()), error)


def case_failure_after_messages():
    got = []
    error = failure(lambda: got.extend(method("unary_stream", "RepeatThenFail")("2")))
    check(error.code() == grpc.StatusCode.DATA_LOSS, error)


def case_unknown_method():
    check(failure(lambda: unary("Nothing", "x")).code() == grpc.StatusCode.UNIMPLEMENTED)


def case_deadline():
    check(failure(lambda: unary("Wait", "x", timeout=0.1)).code() == grpc.StatusCode.DEADLINE_EXCEEDED)


def case_cancellation():
    call = method("unary_stream", "RepeatThenWait")("1")
    check(next(call) == "0")
    call.cancel()
    check(call.code() == grpc.StatusCode.CANCELLED)


def case_metadata():
    check(unary("Metadata", "authn-token", metadata=[("authn-token", "secret")]) == "secret")


def case_large_message():
    check(len(unary("Unary", "x" * (19 << 20))) == 19 << 20)


def case_message_beyond_the_limit():
    check(failure(lambda: unary("Unary", "x" * (21 << 20))).code() == grpc.StatusCode.RESOURCE_EXHAUSTED)


def case_unexpected_failure():
    error = failure(lambda: unary("Throw", "x"))
    check(error.code() == grpc.StatusCode.INTERNAL and "secret cause" not in error.details(), error)


def case_many_calls_at_once():
    texts = [str(number) for number in range(200)]
    with ThreadPoolExecutor(16) as pool:
        check(list(pool.map(lambda text: unary("Unary", text), texts)) == texts)


for name, run in [(n[5:], f) for n, f in list(globals().items()) if n.startswith("case_")]:
    try:
        run()
        print(json.dumps({"name": name, "ok": True}))
    except Exception:
        print(json.dumps({"name": name, "ok": False, "why": traceback.format_exc()}))
channel.close()
