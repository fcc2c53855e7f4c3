using System.Reflection;
using Xunit.Sdk;

namespace Braid.Compute.Tests.Conformance;

/// <summary>What runs the replicas of a test.</summary>
public enum ExecutorKind
{
    Process,
    Docker,
    Podman,
}

/// <summary>A theory's row for one kind of executor; skipped, with the reason, where that kind is not to be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class InKindAttribute(ExecutorKind kind) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        [
            [kind],
        ];
}

public sealed class InProcessesAttribute() : InKindAttribute(ExecutorKind.Process);

public sealed class InDockerAttribute : InKindAttribute
{
    public InDockerAttribute()
        : base(ExecutorKind.Docker) => Skip = TestEngine.WhyNot(ExecutorKind.Docker);
}

public sealed class InPodmanAttribute : InKindAttribute
{
    public InPodmanAttribute()
        : base(ExecutorKind.Podman) => Skip = TestEngine.WhyNot(ExecutorKind.Podman);
}
