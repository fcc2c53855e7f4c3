using Braid.Data.Globbing;
using Braid.Pipelines.Specs;
using Braid.Storage.Trees;

namespace Braid.Pipelines.Planning;

/// <summary>An input made ready to be expanded: leaves have numbers and patterns.</summary>
internal abstract record InputNode
{
    private InputNode() { }

    /// <param name="Index">Its place among the leaves of the whole input, from 0.</param>
    public sealed record Leaf(int Index, Input.Leaf Spec, Glob Glob) : InputNode
    {
        /// <summary>The entry as a match, when the pattern matches it. The root of a tree without files is none.</summary>
        public LeafMatch? Match(TreeEntry entry) =>
            entry.Files > 0 && Glob.TryMatch(entry.Path, out var captures) ? Of(entry, captures) : null;

        public LeafMatch Of(TreeEntry entry, IReadOnlyList<string> captures) =>
            new(
                Index,
                entry.Path == "/" ? "/" : entry.Path.TrimEnd('/'),
                entry.Kind == EntryKind.Directory,
                entry.ContentHash,
                entry.Size,
                CaptureText.Expand(Spec.JoinOn, captures),
                CaptureText.Expand(Spec.GroupBy, captures)
            );
    }

    public sealed record Cross(IReadOnlyList<InputNode> Parts) : InputNode;

    public sealed record Union(IReadOnlyList<InputNode> Parts) : InputNode;

    public sealed record Join(IReadOnlyList<InputNode> Parts, IReadOnlyList<Input.Leaf> Leaves) : InputNode;

    public sealed record Group(IReadOnlyList<InputNode> Parts) : InputNode;

    public static InputNode Of(Input input)
    {
        var leaf = 0;
        Input.Leaf[] leaves = [.. input.Leaves];
        return Of(input, leaves, ref leaf);
    }

    private static InputNode Of(Input input, IReadOnlyList<Input.Leaf> leaves, ref int leaf)
    {
        switch (input)
        {
            case Input.Leaf read:
                // The glob was parsed when the pipeline was made.
                return new Leaf(leaf++, read, Glob.Parse(read.Glob).Value);
            case Input.Cross cross:
                return new Cross(PartsOf(cross, leaves, ref leaf));
            case Input.Union union:
                return new Union(PartsOf(union, leaves, ref leaf));
            case Input.Join join:
                return new Join(PartsOf(join, leaves, ref leaf), leaves);
            case Input.Group group:
                return new Group(PartsOf(group, leaves, ref leaf));
            case Input.None:
                return new Union([]);
            default:
                throw new NotSupportedException($"{input.GetType()} is no input that makes datums");
        }
    }

    private static List<InputNode> PartsOf(
        Input.Combination combination,
        IReadOnlyList<Input.Leaf> leaves,
        ref int leaf
    )
    {
        var parts = new List<InputNode>();
        foreach (var part in combination.Inputs)
        {
            parts.Add(Of(part, leaves, ref leaf));
        }

        return parts;
    }
}
