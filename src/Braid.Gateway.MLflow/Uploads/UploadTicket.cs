using Braid.Access.Callers;

namespace Braid.Gateway.MLflow.Uploads;

/// <summary>What lets somebody upload the parts of one file: who they are, where the file goes, and until when.</summary>
/// <param name="Id">The folder of the parts.</param>
internal sealed record UploadTicket(string Id, string Path, Caller Caller, DateTimeOffset Expires);
