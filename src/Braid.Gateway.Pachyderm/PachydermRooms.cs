using Braid.Access.Credentials;
using Braid.Data;
using Braid.Data.Propagation;
using Braid.Data.Remote;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Cron;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Defaults;
using Braid.Pipelines.Egressing;
using Braid.Pipelines.Health;
using Braid.Pipelines.Integrity;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Logs;
using Braid.Pipelines.Secrets;
using Braid.Pipelines.Templates;
using Braid.Pipelines.Tools;
using Braid.Storage;

namespace Braid.Gateway.Pachyderm;

/// <summary>What lies behind this door.</summary>
public sealed record PachydermRooms
{
    public required Authenticator Authenticator { get; init; }

    public required VersionedData Data { get; init; }

    public required PipelineCatalog Pipelines { get; init; }

    public required JobCatalog Jobs { get; init; }

    public required DatumCatalog Datums { get; init; }

    public required EgressSender Egress { get; init; }

    public required CronTicks Cron { get; init; }

    public required JobLogs Logs { get; init; }

    public required SecretCatalog Secrets { get; init; }

    public required SpecDefaults Defaults { get; init; }

    public required PipelineHealth Health { get; init; }

    public required TemplateRenderer Templates { get; init; }

    public required SandboxedTools Tools { get; init; }

    public required PipelineIntegrity Integrity { get; init; }

    public required ContentStore Content { get; init; }

    /// <summary>What URLs in requests reach.</summary>
    public RemoteFiles Remote { get; init; } = new(RemoteRules.Default);

    public required TimeProvider Clock { get; init; }

    /// <summary>What lies behind this door, except that every change becomes part of a transaction that runs.</summary>
    public PachydermRooms Within(DataTransaction transaction) =>
        this with
        {
            Data = Data.Within(transaction),
            Pipelines = Pipelines.Within(transaction),
            Jobs = Jobs.Within(transaction),
        };

    /// <summary>Names this installation. Clients remember it and refuse an address that suddenly tells another.</summary>
    public required string DeploymentId { get; init; }

    /// <summary>The port of the server's web door; null until it is known.</summary>
    public Func<int?> WebPort { get; init; } = () => null;
}
