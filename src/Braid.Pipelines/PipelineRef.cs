namespace Braid.Pipelines;

/// <summary>Names a pipeline: its project and its name. The text form is <c>project/name</c>, which is also its output repo's.</summary>
public readonly record struct PipelineRef(string Project, string Name)
{
    public override string ToString() => $"{Project}/{Name}";
}
