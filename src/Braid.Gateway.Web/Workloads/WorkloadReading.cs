using Braid.Gateway.Web.Workloads.Records;
using Braid.Primitives;
using Braid.TrainingJobs.Replicas;
using Braid.Workloads;
using Braid.Workloads.Submission;

namespace Braid.Gateway.Web.Workloads;

/// <summary>What is to be submitted, from its record.</summary>
internal static class WorkloadReading
{
    public static Result<NewWorkload> Read(NewWorkloadRecord record)
    {
        var priority = record.Priority is { } text ? PriorityClasses.Parse(text) : null;
        return KindOf(record.Kind) is not { } kind
                ? Errors.BadWorkload(
                    record.Name,
                    $"there is no kind '{record.Kind}': it is train, interactive or inference"
                )
            : record.Priority is not null && priority is null
                ? Errors.BadWorkload(
                    record.Name,
                    $"'{record.Priority}' is no priority: write a number, train, build-preemptible, build or inference"
                )
            : new NewWorkload(record.Name, record.Project, Read(record, kind, priority))
            {
                Project = record.TrackingProject,
                IsSuspended = record.IsSuspended,
            };
    }

    private static WorkloadKind? KindOf(string text) =>
        text switch
        {
            "train" => WorkloadKind.Train,
            "interactive" => WorkloadKind.Interactive,
            "inference" => WorkloadKind.Inference,
            _ => null,
        };

    private static WorkloadSpec Read(NewWorkloadRecord record, WorkloadKind kind, int? priority)
    {
        var usual = new WorkloadSpec { Kind = kind };
        return usual with
        {
            Image = record.Image,
            Command = record.Command ?? [],
            Environment = record.Environment ?? usual.Environment,
            WorkingDirectory = record.WorkingDirectory,
            Volumes = [.. (record.Volumes ?? []).Select(one => new Volume(one.Source, one.Target, one.IsReadOnly))],
            Request = RequestOf(record),
            CpuLimit = record.CpuLimit,
            MemoryLimit = record.MemoryLimit,
            Parallelism = record.Parallelism ?? usual.Parallelism,
            Completions = record.Completions,
            IsElastic = record.IsElastic,
            BackoffLimit = record.BackoffLimit ?? usual.BackoffLimit,
            TimeLimit = Seconds.Of(record.TimeLimit),
            Grace = Seconds.Of(record.Grace) ?? usual.Grace,
            ForgetAfter = Seconds.Of(record.ForgetAfter),
            Priority = priority,
            IsPreemptible = record.IsPreemptible,
            NodeSelector = record.NodeSelector ?? usual.NodeSelector,
            Tolerations = record.Tolerations ?? [],
            NodePools = record.NodePools ?? [],
        };
    }

    private static ProgramRequest RequestOf(NewWorkloadRecord record) =>
        new()
        {
            CpuMillicores = record.CpuMillicores,
            MemoryBytes = record.MemoryBytes,
            Gpus = record.Gpus,
            GpuFraction = record.GpuFraction,
            GpuMemoryBytes = record.GpuMemoryBytes,
            MigProfile = record.MigProfile,
        };
}
