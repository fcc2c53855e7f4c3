using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Braid.Pipelines.Specs;
using Braid.Primitives;
using Braid.TrainingJobs.Manifests;

namespace Braid.Pipelines.Planning;

/// <summary>
/// Identities of datums. The id says which inputs (names and paths); the key also says with which content, code and salt:
/// equal keys give equal output, so the work need not be done again. Every text is hashed with its length before it.
/// </summary>
internal static class DatumKeys
{
    /// <summary>What of a spec decides the output of a datum, beside its inputs.</summary>
    public static Sha256Hash Code(PipelineSpec spec) => spec.TrainingJob is { } job ? Code(job) : Code(spec.Transform);

    /// <summary>All that its manifest says; its name is the pipeline's.</summary>
    private static Sha256Hash Code(TrainingJob job)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, [ManifestWriter.ToJson(job).ToJsonString()]);
        return Finish(hash);
    }

    private static Sha256Hash Code(Transform transform)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, transform.Image);
        Add(hash, transform.WorkingDir);
        foreach (
            var texts in (IReadOnlyList<string>[])[transform.Cmd, transform.Stdin, transform.ErrCmd, transform.ErrStdin]
        )
        {
            Add(hash, texts.Count);
            Add(hash, texts);
        }

        Add(hash, transform.Env.Count);
        Add(
            hash,
            transform.Env.OrderBy(e => e.Key, StringComparer.Ordinal).SelectMany(e => (string[])[e.Key, e.Value])
        );
        Add(hash, transform.AcceptReturnCode.Select(code => $"{code}"));
        return Finish(hash);
    }

    public static Sha256Hash Id(IReadOnlyList<Input.Leaf> leaves, IReadOnlyList<LeafMatch> inputs)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var match in inputs)
        {
            var leaf = leaves[match.Leaf];
            Add(hash, [leaf.Name, leaf.Project, leaf.Repo, leaf.RepoType, leaf.Branch, match.Path]);
        }

        return Finish(hash);
    }

    public static Sha256Hash Key(
        Sha256Hash id,
        IReadOnlyList<Input.Leaf> leaves,
        IReadOnlyList<LeafMatch> inputs,
        Sha256Hash code,
        string salt
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(id.Bytes);
        foreach (var match in inputs.Where(match => !leaves[match.Leaf].Reference))
        {
            Add(hash, match.IsDirectory ? 1 : 0);
            Add(hash, leaves[match.Leaf].EmptyFiles ? 1 : 0);
            Add(hash, match.Size);
            hash.AppendData(match.Hash.Bytes);
            // What the program is told of it; hashed only where there is some, so that older keys stay what they are.
            if (match.JoinOn.Length + match.GroupBy.Length > 0)
            {
                Add(hash, [match.JoinOn, match.GroupBy]);
            }
        }

        hash.AppendData(code.Bytes);
        Add(hash, salt);
        return Finish(hash);
    }

    private static void Add(IncrementalHash hash, IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            Add(hash, text);
        }
    }

    private static void Add(IncrementalHash hash, string text)
    {
        Add(hash, Encoding.UTF8.GetByteCount(text));
        hash.AppendData(Encoding.UTF8.GetBytes(text));
    }

    private static void Add(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }

    private static Sha256Hash Finish(IncrementalHash hash) => new(hash.GetHashAndReset());
}
