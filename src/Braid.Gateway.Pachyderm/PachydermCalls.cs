using Braid.Gateway.Pachyderm.Branches;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Cluster;
using Braid.Gateway.Pachyderm.Commits;
using Braid.Gateway.Pachyderm.CommitSets;
using Braid.Gateway.Pachyderm.Datums;
using Braid.Gateway.Pachyderm.Debugging;
using Braid.Gateway.Pachyderm.Defaults;
using Braid.Gateway.Pachyderm.Files;
using Braid.Gateway.Pachyderm.FileSets;
using Braid.Gateway.Pachyderm.Integrity;
using Braid.Gateway.Pachyderm.Jobs;
using Braid.Gateway.Pachyderm.Lineages;
using Braid.Gateway.Pachyderm.Logs;
using Braid.Gateway.Pachyderm.Metadata;
using Braid.Gateway.Pachyderm.Pipelines;
using Braid.Gateway.Pachyderm.Projects;
using Braid.Gateway.Pachyderm.Repos;
using Braid.Gateway.Pachyderm.Secrets;
using Braid.Gateway.Pachyderm.Transactions;
using Braid.Gateway.Pachyderm.Workers;

namespace Braid.Gateway.Pachyderm;

/// <summary>All calls of the protocol, area by area; those that no area answers refuse.</summary>
internal static class PachydermCalls
{
    public static CallTable Table(PachydermRooms rooms)
    {
        var table = new CallTable(rooms);
        new ClusterCalls(rooms).Map(table);
        new ProjectCalls(rooms.Data.Projects, rooms.Pipelines, rooms.Defaults).Map(table);
        new RepoCalls(rooms.Data.Repos).Map(table);
        new BranchCalls(rooms.Data.Branches).Map(table);
        new CommitCalls(rooms.Data.Commits).Map(table);
        new CommitSetCalls(rooms.Data.CommitSets).Map(table);
        new TransactionCalls(rooms.Data.Pending, table.Recorded).Map(table);
        new LineageCalls(rooms.Data.Lineage).Map(table);
        new MetadataCalls(rooms.Data.Annotations).Map(table);
        new ListingCalls(rooms.Data.Files).Map(table);
        new ReadingCalls(rooms.Data.Files, rooms.Remote).Map(table);
        new WritingCalls(rooms.Data.Files, rooms.Remote).Map(table);
        new FileSetCalls(rooms.Data.FileSets, rooms.Remote).Map(table);
        new StorageCalls(rooms.Data.FileSets, rooms.Data.Files).Map(table);
        new PipelineCalls(rooms.Pipelines, rooms.Tools).Map(table);
        new CreationCalls(rooms.Pipelines, rooms.Defaults).Map(table);
        new HealthCalls(rooms.Health).Map(table);
        new TemplateCalls(rooms.Templates).Map(table);
        new DefaultsCalls(rooms.Defaults).Map(table);
        CronCalls.Map(table, rooms.Cron);
        new JobCalls(rooms.Jobs, rooms.Tools).Map(table);
        new EgressCalls(rooms.Egress).Map(table);
        new DatumCalls(rooms.Datums).Map(table);
        new LogCalls(rooms.Logs, rooms.Clock).Map(table);
        new SecretCalls(rooms.Secrets).Map(table);
        new FsckCalls(rooms.Data.Integrity, rooms.Integrity).Map(table);
        new CheckStorageCall(rooms.Content).Map(table);
        WorkerCalls.MapElsewhere(table);
        DebugCalls.Map(table);
        RefusedCalls.Map(table, rooms.Authenticator.IsOpen);
        return table;
    }
}
