using Braid.Pipelines.Specs;
using Braid.Storage;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Creation;

/// <summary>A spec whose file is in the content store, and stays there until this is disposed of.</summary>
public sealed class StoredSpec : IDisposable
{
    private readonly ContentHold hold;

    internal StoredSpec(PipelineSpec spec, TreeRoot root, ContentHold hold)
    {
        Spec = spec;
        Root = root;
        this.hold = hold;
    }

    public PipelineSpec Spec { get; }

    internal TreeRoot Root { get; }

    public void Dispose() => hold.Dispose();
}
