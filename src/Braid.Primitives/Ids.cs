using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Braid.Primitives;

/// <summary>Identity of a run: Pachyderm job, ClearML task and MLflow run are this same text.</summary>
public readonly record struct RunId(Hex32 Value) : IComparable<RunId>
{
    public static bool TryParse([NotNullWhen(true)] string? text, out RunId id)
    {
        var ok = Hex32.TryParse(text, out var value);
        id = new(value);
        return ok;
    }

    public static RunId Parse(string text) => new(Hex32.Parse(text));

    public int CompareTo(RunId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identity of a commit set; also the id of each commit in it (one per repo) and of the run it causes.</summary>
public readonly record struct CommitSetId(Hex32 Value) : IComparable<CommitSetId>
{
    public static bool TryParse([NotNullWhen(true)] string? text, out CommitSetId id)
    {
        var ok = Hex32.TryParse(text, out var value);
        id = new(value);
        return ok;
    }

    public static CommitSetId Parse(string text) => new(Hex32.Parse(text));

    /// <summary>The run of the whole set: the same digits.</summary>
    public RunId AsRun() => new(Value);

    /// <summary>
    /// The run of one pipeline's step in a set that several pipelines take part in. It keeps the set's first 16 digits,
    /// so that a prefix finds the cascade; the rest is SHA-256(set, "project/pipeline") with UUID version 4's variant bits.
    /// </summary>
    public RunId StepRun(string project, string pipeline)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{Value}\n{project}/{pipeline}"));
        var low = BinaryPrimitives.ReadUInt64BigEndian(hash);
        low = (low & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000;
        return new(new Hex32(new UInt128((ulong)(Value.Value >> 64), low)));
    }

    public int CompareTo(CommitSetId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString();
}

/// <summary>Identity of a project (ClearML project, MLflow experiment, Pachyderm project).</summary>
public readonly record struct ProjectId(Hex32 Value)
{
    public static bool TryParse([NotNullWhen(true)] string? text, out ProjectId id)
    {
        var ok = Hex32.TryParse(text, out var value);
        id = new(value);
        return ok;
    }

    public static ProjectId Parse(string text) => new(Hex32.Parse(text));

    public override string ToString() => Value.ToString();
}

/// <summary>Identity of a model version (a ClearML model).</summary>
public readonly record struct ModelId(Hex32 Value)
{
    public static bool TryParse([NotNullWhen(true)] string? text, out ModelId id)
    {
        var ok = Hex32.TryParse(text, out var value);
        id = new(value);
        return ok;
    }

    public static ModelId Parse(string text) => new(Hex32.Parse(text));

    public override string ToString() => Value.ToString();
}

/// <summary>Identity of a queue, in which runs wait for workers.</summary>
public readonly record struct QueueId(Hex32 Value)
{
    public static bool TryParse([NotNullWhen(true)] string? text, out QueueId id)
    {
        var ok = Hex32.TryParse(text, out var value);
        id = new(value);
        return ok;
    }

    public static QueueId Parse(string text) => new(Hex32.Parse(text));

    public override string ToString() => Value.ToString();
}
