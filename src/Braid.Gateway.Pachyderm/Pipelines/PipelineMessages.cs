using Braid.Data.Naming;
using Braid.Gateway.Pachyderm.Jobs;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Pipelines.Creation;
using Braid.Pipelines.Programs;
using Braid.Pipelines.Specs;

namespace Braid.Gateway.Pachyderm.Pipelines;

/// <summary>Pipelines on the wire.</summary>
internal static class PipelineMessages
{
    private const string specType = "spec";
    private const string specBranch = "master";

    public static Pps.PipelineInfo Info(PipelineVersion version) =>
        new()
        {
            Pipeline = version.Pipeline.ToWire(),
            Version = (ulong)version.Version,
            SpecCommit = new CommitName(
                new(version.Pipeline.Project, version.Pipeline.Name, specType),
                version.SpecCommit
            ).ToWire(specBranch),
            Stopped = version.Stopped,
            State = StateOf(version.State),
            Reason = version.Reason,
            LastJobState = version.LastJobState is { } last ? JobMessages.StateOf(last) : Pps.JobState.Unknown,
            Parallelism = (ulong)version.Spec.Parallelism,
            Type = TypeOf(version.Spec.Kind),
            Details = Details(version),
            UserSpecJson = version.Spec.UserJson,
            EffectiveSpecJson = version.Spec.Json,
        };

    private static Pps.PipelineInfo.Types.Details Details(PipelineVersion version)
    {
        var spec = SpecMessages.Write(version.Spec);
        var workers = version.State == PipelineState.Running ? version.Spec.Parallelism : 0;
        var details = new Pps.PipelineInfo.Types.Details
        {
            Transform = spec.Transform,
            TfJob = spec.TfJob,
            ParallelismSpec = spec.ParallelismSpec,
            CreatedAt = version.CreatedAt.ToWire(),
            UpdatedAt = version.UpdatedAt.ToWire(),
            CreatedBy = version.CreatedBy,
            WorkersRequested = version.Spec.Parallelism,
            WorkersAvailable = workers,
            OutputBranch = version.Spec.OutputBranch,
            ResourceRequests = spec.ResourceRequests,
            ResourceLimits = spec.ResourceLimits,
            SidecarResourceLimits = spec.SidecarResourceLimits,
            SidecarResourceRequests = spec.SidecarResourceRequests,
            Input = spec.Input,
            Description = version.Spec.Description,
            Salt = version.Salt,
            Reason = version.Reason,
            DatumSetSpec = spec.DatumSetSpec,
            DatumTimeout = spec.DatumTimeout,
            JobTimeout = spec.JobTimeout,
            DatumTries = version.Spec.DatumTries,
            SchedulingSpec = spec.SchedulingSpec,
            PodSpec = spec.PodSpec,
            PodPatch = spec.PodPatch,
            Metadata = spec.Metadata,
            ReprocessSpec = spec.ReprocessSpec,
            Autoscaling = spec.Autoscaling,
            Determined = spec.Determined,
            Service = At(version.Address, spec.Service),
            Spout = spec.Spout,
            Egress = spec.Egress,
            S3Out = spec.S3Out,
            MaximumExpectedUptime = spec.MaximumExpectedUptime,
        };
        At(version.Address, spec.Spout?.Service);
        details.Tolerations.AddRange(spec.Tolerations);
        return details;
    }

    /// <summary>The service with the address at which it is, while it is.</summary>
    private static Pps.Service? At(ServiceAddress? address, Pps.Service? service)
    {
        if (address is not null && service is not null)
        {
            service.Ip = address.Ip;
            service.ExternalPort = address.Port;
        }

        return service;
    }

    private static Pps.PipelineInfo.Types.PipelineType TypeOf(PipelineKind kind) =>
        kind switch
        {
            PipelineKind.Transform => Pps.PipelineInfo.Types.PipelineType.Transform,
            PipelineKind.Service => Pps.PipelineInfo.Types.PipelineType.Service,
            PipelineKind.Spout => Pps.PipelineInfo.Types.PipelineType.Spout,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "a kind of pipeline without a wire form"),
        };

    private static Pps.PipelineState StateOf(PipelineState state) =>
        state switch
        {
            PipelineState.Starting => Pps.PipelineState.PipelineStarting,
            PipelineState.Running => Pps.PipelineState.PipelineRunning,
            PipelineState.Paused => Pps.PipelineState.PipelinePaused,
            PipelineState.Standby => Pps.PipelineState.PipelineStandby,
            PipelineState.Crashing => Pps.PipelineState.PipelineCrashing,
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "a pipeline state without a wire form"),
        };
}
