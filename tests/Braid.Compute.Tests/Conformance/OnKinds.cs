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
public abstract class OnKindAttribute(ExecutorKind kind) : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        [
            [kind],
        ];
}

public sealed class OnProcessesAttribute() : OnKindAttribute(ExecutorKind.Process);
