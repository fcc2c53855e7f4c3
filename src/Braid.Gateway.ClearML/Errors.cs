using Braid.Primitives;

namespace Braid.Gateway.ClearML;

/// <summary>What this door refuses by itself, before a domain is asked.</summary>
internal static class Errors
{
    public static Error InvalidPath(string path) =>
        new(
            ErrorKind.InvalidArgument,
            "clearml.invalid-path",
            $"'{path}' is not an endpoint's path: expected /service.action or /v2.34/service.action"
        );

    public static Error UnknownEndpoint(string name, string version) =>
        new(
            ErrorKind.NotFound,
            "clearml.unknown-endpoint",
            $"Unable to find endpoint for name {name} and version {version}"
        );

    public static Error NotAvailable(string name) =>
        new(
            ErrorKind.Unimplemented,
            "clearml.not-available",
            $"{name} is not available on this server yet; docs/protocols/clearml.md lists what is"
        );

    public static Error MissingField(string name) =>
        new(ErrorKind.InvalidArgument, "clearml.missing-field", $"Missing required field: {name}");

    public static Error InvalidField(string name, string expected) =>
        new(ErrorKind.InvalidArgument, "clearml.invalid-field", $"Invalid value for field {name}: expected {expected}");

    public static Error UnknownFields(string names) =>
        new(
            ErrorKind.InvalidArgument,
            "clearml.unknown-fields",
            $"Invalid fields: there is no field {names} to ask for"
        );

    public static Error NotJson(string what, string why) =>
        new(ErrorKind.InvalidArgument, "clearml.not-json", $"Invalid request: {what} is not JSON: {why}");

    public static Error NotAnObject(string what) =>
        new(ErrorKind.InvalidArgument, "clearml.not-an-object", $"Invalid request: {what} is not a JSON object");

    public static Error EncodedBody(string encoding) =>
        new(
            ErrorKind.InvalidArgument,
            "clearml.encoded-body",
            $"Invalid request: send the body without Content-Encoding (it was '{encoding}')"
        );

    public static Error BodyTooLarge(int largest) =>
        new(
            ErrorKind.InvalidArgument,
            "clearml.body-too-large",
            $"Invalid request: the body has more than {largest} bytes; send less at once"
        );

    public static Error BadRequest(string why) =>
        new(ErrorKind.InvalidArgument, "clearml.bad-request", $"Invalid request: {why}");

    public static Error NoKeys() =>
        new(
            ErrorKind.Unauthenticated,
            "clearml.no-keys",
            "auth.login needs an access key and secret; 'braid env' on the server shows the administrator's"
        );

    public static Error MalformedCredentials() =>
        new(
            ErrorKind.Unauthenticated,
            "clearml.malformed-credentials",
            "the Authorization header must be 'Basic base64(access key:secret key)' or 'Bearer token'"
        );

    public static Error InvalidToken() =>
        new(
            ErrorKind.Unauthenticated,
            "clearml.invalid-token",
            "the token is unknown, expired or revoked; log in again (auth.login) with an access key and secret"
        );
}
