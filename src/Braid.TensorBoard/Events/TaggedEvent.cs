namespace Braid.TensorBoard.Events;

/// <summary>A value of a summary: it has a tag.</summary>
public abstract record TaggedEvent(double WallTime, long Step, string Tag) : LoggedEvent(WallTime, Step);

/// <summary>A histogram. None of its buckets means that there were no values.</summary>
public sealed record LoggedHistogram(double WallTime, long Step, string Tag, IReadOnlyList<HistogramBucket> Buckets)
    : TaggedEvent(WallTime, Step, Tag)
{
    /// <inheritdoc/>
    public override int Size => base.Size + (Buckets.Count * 3 * sizeof(double));
}

/// <summary>How many values were more than <paramref name="Left"/> and at most <paramref name="Right"/>.</summary>
public readonly record struct HistogramBucket(double Left, double Right, double Count);

/// <summary>Images of one size.</summary>
/// <param name="Images">Encoded, usually as PNG, GIF for videos.</param>
public sealed record LoggedImages(
    double WallTime,
    long Step,
    string Tag,
    int Width,
    int Height,
    IReadOnlyList<ReadOnlyMemory<byte>> Images
) : TaggedEvent(WallTime, Step, Tag)
{
    /// <inheritdoc/>
    public override int Size => base.Size + Images.Sum(image => image.Length);
}

/// <summary>Sounds.</summary>
/// <param name="ContentType">As in <c>audio/wav</c>.</param>
public sealed record LoggedAudio(
    double WallTime,
    long Step,
    string Tag,
    string ContentType,
    IReadOnlyList<AudioClip> Clips
) : TaggedEvent(WallTime, Step, Tag)
{
    /// <inheritdoc/>
    public override int Size => base.Size + Clips.Sum(clip => clip.Encoded.Length);
}

/// <summary>A sound.</summary>
/// <param name="Label">Markdown; empty where there is none.</param>
public sealed record AudioClip(ReadOnlyMemory<byte> Encoded, string Label);

/// <summary>Markdown: one text, a list or a table of texts.</summary>
/// <param name="Shape">None for one text, one for a list, rows and columns for a table.</param>
/// <param name="Texts">Row by row.</param>
public sealed record LoggedText(
    double WallTime,
    long Step,
    string Tag,
    IReadOnlyList<long> Shape,
    IReadOnlyList<string> Texts
) : TaggedEvent(WallTime, Step, Tag)
{
    /// <inheritdoc/>
    public override int Size => base.Size + Texts.Sum(text => text.Length * sizeof(char));
}

/// <summary>Precision and recall at thresholds that rise evenly from 0 to 1.</summary>
public sealed record LoggedPrCurve(double WallTime, long Step, string Tag, IReadOnlyList<PrPoint> Points)
    : TaggedEvent(WallTime, Step, Tag)
{
    /// <inheritdoc/>
    public override int Size => base.Size + (Points.Count * 6 * sizeof(double));
}

/// <summary>The counts at one threshold, and what they come to.</summary>
public readonly record struct PrPoint(
    double TruePositives,
    double FalsePositives,
    double TrueNegatives,
    double FalseNegatives,
    double Precision,
    double Recall
);

/// <summary>A tensor of a tag that is none of the above, such as a mesh's points.</summary>
/// <param name="Plugin">Which plugin of TensorBoard shows it; empty where nobody said.</param>
public sealed record LoggedTensor(double WallTime, long Step, string Tag, string Plugin, Tensor Tensor)
    : TaggedEvent(WallTime, Step, Tag)
{
    /// <inheritdoc/>
    public override int Size => base.Size + Tensor.Size;
}
