using Braid.Metadata;
using Braid.Workloads.Nodes;
using Braid.Workloads.Replicas;
using Braid.Workloads.Shares;
using Braid.Workloads.Submission;

namespace Braid.Workloads.Placement;

/// <summary>All that placing looks at, of one moment.</summary>
internal sealed record ClusterRows(
    IReadOnlyList<NodeRow> Nodes,
    IReadOnlyList<ShareRow> Shares,
    IReadOnlyList<WorkloadRow> Workloads,
    IReadOnlyList<ReplicaRow> Replicas
)
{
    /// <summary>Workloads that have not ended, and those of which something still holds a place.</summary>
    private const string condition = """
        w.ended IS NULL OR w.id IN (
          SELECT h.workload_id FROM replica h WHERE h.node IS NOT NULL AND h.state IN ('bound', 'running', 'releasing'))
        """;

    public static async Task<ClusterRows> ReadAsync(DbRead db) =>
        new(
            await NodeRow.AllAsync(db),
            await ShareRow.AllAsync(db),
            await db.QueryAsync<WorkloadRow>($"SELECT {WorkloadRow.Columns} FROM workload w WHERE {condition}"),
            await db.QueryAsync<ReplicaRow>(
                $"""
                SELECT {ReplicaRow.Columns} FROM replica r
                WHERE r.workload_id IN (SELECT w.id FROM workload w WHERE {condition})
                """
            )
        );
}
