using System.Globalization;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Pipelines;

namespace Braid.Gateway.Pachyderm.Pipelines;

/// <summary>A pipeline's name with ancestry: <c>edges</c>, <c>edges^</c>, <c>edges^2</c>, <c>edges~2</c>.</summary>
internal static class PipelineNames
{
    /// <summary>The pipeline, and how many versions back from the newest.</summary>
    public static Result<(PipelineRef Pipeline, int Ancestors)> Read(Pps.Pipeline? pipeline)
    {
        if (!WireNames.Pipeline(pipeline).TryGet(out var named, out var error))
        {
            return error;
        }

        var mark = named.Name.AsSpan().IndexOfAny('^', '~');
        if (mark < 0)
        {
            return (named, 0);
        }

        return CountOf(named.Name[mark..]) is { } ancestors
            ? (named with { Name = named.Name[..mark] }, ancestors)
            : Errors.BadAncestry(named.Name);
    }

    private static int? CountOf(string suffix) =>
        suffix.All(sign => sign is '^' or '~') ? suffix.Length
        : int.TryParse(suffix.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count
        : null;
}
