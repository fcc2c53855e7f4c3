using System.Text.Json;
using Braid.Gateway.Web.Workloads.Records;
using Braid.Workloads.Replicas;
using Braid.Workloads.Submission;

namespace Braid.Gateway.Web.Workloads;

/// <summary>Workloads as records.</summary>
internal static class WorkloadWriting
{
    public static WorkloadRecord Write(Workload workload, long leastGpuBytes)
    {
        var facts = WorkloadFacts.Of(workload, leastGpuBytes);
        var spec = workload.Spec;
        return new()
        {
            Id = $"{workload.Id}",
            Run = workload.RunId == workload.Id ? null : $"{workload.RunId}",
            Name = workload.Name,
            Project = workload.Share,
            Kind = Word(spec.Kind),
            State = Word(workload.State),
            User = workload.User,
            Message = workload.Message,
            Created = workload.Created,
            Started = workload.Started,
            Ended = workload.Ended,
            Image = spec.Image,
            Command = spec.Command,
            Parallelism = spec.Parallelism,
            Completions = spec.Completions,
            BackoffLimit = spec.BackoffLimit,
            TimeLimit = spec.TimeLimit?.TotalSeconds,
            Priority = facts.Priority,
            IsPreemptible = facts.IsPreemptible,
            NodePools = spec.NodePools,
            Wanted = ShareWriting.Write(facts.Wanted),
            Held = ShareWriting.Write(facts.Held),
            Replicas = [.. workload.Replicas.Select(one => Write(one, facts))],
            Events = [.. workload.Events.Select(one => new WorkloadEventRecord(one.At, one.Kind, one.Text))],
        };
    }

    /// <summary>One of a closed set, as records name it.</summary>
    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{value}");

    private static ReplicaRecord Write(Replica replica, WorkloadFacts facts) =>
        new()
        {
            Name = replica.Name,
            Group = replica.Group,
            Rank = facts.Ranks.TryGetValue(replica.Name, out var rank) ? rank : null,
            State = Word(replica.State),
            Node = replica.Node,
            Gpus = replica.Gpus,
            Restarts = replica.Restarts,
            ExitCode = replica.ExitCode,
            Message = replica.Message,
            Started = replica.Started,
            Ended = replica.Ended,
        };
}
