namespace Braid.TensorBoard.Events;

/// <summary>What a writer said of a tag with its first value: which plugin of TensorBoard shows it, and how it is called.</summary>
/// <param name="Plugin">One of the names below or any other; empty where the writer named none.</param>
public sealed record TagMetadata(string Plugin, string DisplayName = "", string Description = "")
{
    /// <summary>Numbers.</summary>
    public const string Scalars = "scalars";

    /// <summary>Buckets and their counts.</summary>
    public const string Histograms = "histograms";

    /// <summary>Encoded images.</summary>
    public const string Images = "images";

    /// <summary>Encoded sound.</summary>
    public const string Audio = "audio";

    /// <summary>Markdown.</summary>
    public const string Text = "text";

    /// <summary>Hyperparameters; the value is in the metadata.</summary>
    public const string Hparams = "hparams";

    /// <summary>Precision and recall over thresholds.</summary>
    public const string PrCurves = "pr_curves";

    /// <summary>Which scalars belong into one chart.</summary>
    public const string CustomScalars = "custom_scalars";

    /// <summary>Point clouds and surfaces.</summary>
    public const string Mesh = "mesh";
}
