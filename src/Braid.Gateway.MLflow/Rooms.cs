using Braid.Access.Credentials;
using Braid.Primitives;

namespace Braid.Gateway.MLflow;

/// <summary>The rooms behind this door.</summary>
public sealed record Rooms
{
    public required Authenticator Authenticator { get; init; }
    public required Tracking.Projects.Projects Projects { get; init; }
    public required Tracking.Runs.Runs Runs { get; init; }
    public required Tracking.Series.Series Series { get; init; }
    public required Tracking.Models.Models Models { get; init; }
    public required Tracking.Models.Registry Registry { get; init; }
    public required Tracking.Inputs.Inputs Inputs { get; init; }
    public required Tracking.Artifacts.Artifacts Artifacts { get; init; }
    public required Tracking.Imports.RunImports RunImports { get; init; }
    public required Tracking.Imports.ModelImports ModelImports { get; init; }

    /// <summary>For clients that upload a file in parts.</summary>
    public required Uploads.UploadTickets Uploads { get; init; }

    /// <summary>For names and ids that the protocol lets its server invent.</summary>
    public required IdSource Ids { get; init; }
}
