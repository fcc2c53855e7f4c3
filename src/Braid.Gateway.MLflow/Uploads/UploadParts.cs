using System.Globalization;
using Braid.Gateway.MLflow.Wire;
using Braid.Primitives;
using Braid.Tracking.Artifacts;

namespace Braid.Gateway.MLflow.Uploads;

/// <summary>A part as the client that completes an upload names it.</summary>
internal readonly record struct SentPart(long Number, string Tag);

/// <summary>The parts of one file: their names, and whether all are there.</summary>
internal static class UploadParts
{
    /// <summary>So that they are listed in their order.</summary>
    public static string NameOf(long part) => part.ToString("D6", CultureInfo.InvariantCulture);

    public static SentPart Read(Fields fields) =>
        new(fields.Integer("part_number") ?? 0, fields.Required("etag").Trim('"'));

    /// <summary>What is sent must be what is stored, part by part.</summary>
    public static Error? Problem(IReadOnlyList<SentPart> sent, IReadOnlyList<StoredFile> stored)
    {
        var there = stored.ToDictionary(part => part.Name, part => part.ContentId);
        var missing = sent.Where(part => there.GetValueOrDefault(NameOf(part.Number)) != part.Tag)
            .Select(part => part.Number)
            .ToList();
        return missing.Count > 0
                ? Errors.Invalid($"Part {missing[0]} was not uploaded as it is named; upload it, or the file, again.")
            : sent.Count == 0 || sent.Count != stored.Count
                ? Errors.Invalid($"{stored.Count} parts were uploaded and {sent.Count} named; name each once.")
            : null;
    }
}
