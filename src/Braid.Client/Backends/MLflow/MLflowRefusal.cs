using System.Net;

namespace Braid.Client.Backends.MLflow;

/// <summary>The server understood and said no. Never leaves this folder.</summary>
internal sealed class MLflowRefusal(HttpStatusCode status, string code, string message) : Exception(message)
{
    /// <summary>MLflow's error code, <c>RESOURCE_ALREADY_EXISTS</c> for instance.</summary>
    public string Code => code;

    /// <summary>Nothing else will be accepted either: the credentials are wrong or no longer valid.</summary>
    public bool IsFinal => status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;

    /// <summary>Less of the same may be accepted. The run that is not there is not there for less either.</summary>
    public bool IsOfContent => !IsFinal && status is not HttpStatusCode.NotFound;

    public BackendRefusalException ToBackend() => new(Message, IsFinal);
}
