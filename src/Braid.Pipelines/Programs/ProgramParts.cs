using Braid.Access.Credentials;
using Braid.Compute.Processes;
using Braid.Metadata;
using Braid.Pipelines.Secrets;
using Braid.Pipelines.Workers;
using Braid.Pipelines.Workers.Batching;
using Braid.Primitives;
using Braid.Tracking.Runs;
using RunLogs = Braid.Tracking.Logs.Logs;

namespace Braid.Pipelines.Programs;

/// <summary>What a server runs programs with.</summary>
/// <param name="Epoch">This server's turn of running user code.</param>
/// <param name="Folder">For what programs see; emptied when the server starts.</param>
internal sealed record ProgramParts(
    Database Database,
    Runs Runs,
    RunLogs Logs,
    Authenticator Authenticator,
    SecretCatalog Secrets,
    ServedInputs Inputs,
    ProcessExecutor Executor,
    DoorEndpoints Doors,
    WorkerDesks Desks,
    string Epoch,
    string Folder,
    TimeProvider Clock,
    IdSource Ids
);
