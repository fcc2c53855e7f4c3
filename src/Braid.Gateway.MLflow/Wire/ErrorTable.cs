using Braid.Primitives;

namespace Braid.Gateway.MLflow.Wire;

/// <summary>
/// The one table from a refusal to the protocol's status and error_code. Clients repeat 408, 429 and 5xx for minutes, so
/// nothing that repeating cannot cure is given one of those.
/// </summary>
internal static class ErrorTable
{
    public static (int Status, string Code) Of(Error error) =>
        error.Code switch
        {
            Errors.NoSuchEndpointCode => (404, "ENDPOINT_NOT_FOUND"),
            Errors.InternalCode => (500, "INTERNAL_ERROR"),
            _ => OfKind(error.Kind),
        };

    private static (int Status, string Code) OfKind(ErrorKind kind) =>
        kind switch
        {
            ErrorKind.InvalidArgument => (400, "INVALID_PARAMETER_VALUE"),
            ErrorKind.NotFound => (404, "RESOURCE_DOES_NOT_EXIST"),
            ErrorKind.AlreadyExists => (400, "RESOURCE_ALREADY_EXISTS"),
            ErrorKind.FailedPrecondition => (400, "INVALID_PARAMETER_VALUE"),
            ErrorKind.Conflict => (409, "RESOURCE_CONFLICT"),
            ErrorKind.Unauthenticated => (401, "UNAUTHENTICATED"),
            ErrorKind.PermissionDenied => (403, "PERMISSION_DENIED"),
            ErrorKind.ResourceExhausted => (400, "INVALID_PARAMETER_VALUE"),
            ErrorKind.Unavailable => (503, "TEMPORARILY_UNAVAILABLE"),
            ErrorKind.Unimplemented => (501, "NOT_IMPLEMENTED"),
            ErrorKind.NoSpace => (507, "RESOURCE_LIMIT_EXCEEDED"),
            ErrorKind.DataLoss => (500, "DATA_LOSS"),
            _ => (500, "INTERNAL_ERROR"),
        };

    /// <summary>The protocol's error body.</summary>
    public static Answer Body(Error error) =>
        json =>
        {
            json.WriteString("error_code", Of(error).Code);
            json.WriteString("message", error.Message);
        };
}
