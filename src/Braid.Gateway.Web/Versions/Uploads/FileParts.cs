using System.Text.Json;
using Braid.Data.Naming;
using Braid.Primitives;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Braid.Gateway.Web.Versions.Uploads;

/// <summary>A multipart body: a list of files, then the bytes of each.</summary>
internal sealed class FileParts
{
    /// <summary>Bytes of the list.</summary>
    public const int MostListBytes = 8 << 20;

    private const int mostFiles = 10_000;
    private const int mostMessage = 10_000;

    private readonly MultipartReader reader;

    private FileParts(MultipartReader reader, NewFilesRecord files)
    {
        this.reader = reader;
        Files = files;
    }

    /// <summary>What the list says.</summary>
    public NewFilesRecord Files { get; }

    /// <summary>Reads the list; the files are read by <see cref="ReadAsync"/>.</summary>
    public static async Task<Result<FileParts>> OpenAsync(HttpRequest request, CancellationToken ct)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || type.Boundary.Length == 0)
        {
            return Wrong("send it as multipart/form-data");
        }

        var boundary = $"{HeaderUtilities.RemoveQuotes(type.Boundary)}";
        var reader = new MultipartReader(boundary, request.Body) { BodyLengthLimit = MostListBytes };
        try
        {
            var list = await reader.ReadNextSectionAsync(ct);
            reader.BodyLengthLimit = null;
            return list is null
                ? Wrong("it has no parts")
                : (await ReadListAsync(list.Body, ct)).Then(Check).Select(files => new FileParts(reader, files));
        }
        catch (Exception malformed) when (IsMalformed(malformed))
        {
            return Wrong(malformed.Message);
        }
    }

    /// <summary>Whether a list can be put: how many, and what they are called.</summary>
    public static Result<NewFilesRecord> Check(NewFilesRecord files)
    {
        if (files.Paths.Count is 0 or > mostFiles)
        {
            return TooMany(files.Paths.Count);
        }

        if (files.Message?.Length > mostMessage)
        {
            return Wrong($"its message has more than {mostMessage} characters");
        }

        var bad = files
            .Paths.Select(path => FilePath.ForWriting(path).Error)
            .FirstOrDefault(error => error is not null);
        return bad is null ? files : bad;
    }

    /// <summary>Hands the files on, one after the other; ends at the first that is refused.</summary>
    public async Task<Result<Unit>> ReadAsync(Func<string, Stream, Task<Result<Unit>>> take, CancellationToken ct)
    {
        try
        {
            foreach (var path in Files.Paths)
            {
                if (await reader.ReadNextSectionAsync(ct) is not { } part)
                {
                    return Wrong($"the bytes of {path} are missing");
                }

                if ((await take(path, part.Body)).Error is { } refused)
                {
                    return refused;
                }
            }

            return await reader.ReadNextSectionAsync(ct) is null ? Unit.Value : Wrong("it has more parts than files");
        }
        catch (Exception malformed) when (IsMalformed(malformed))
        {
            return Wrong(malformed.Message);
        }
    }

    private static async Task<Result<NewFilesRecord>> ReadListAsync(Stream list, CancellationToken ct)
    {
        try
        {
            var files = await JsonSerializer.DeserializeAsync(list, VersionRecordsJson.Default.NewFilesRecord, ct);
            return files is null ? Wrong("expected an object") : files;
        }
        catch (JsonException malformed)
        {
            return Wrong(malformed.Message);
        }
    }

    /// <summary>A body that is no multipart, or ends too early; a caller who went away is told nothing.</summary>
    private static bool IsMalformed(Exception error) =>
        error is InvalidDataException || (error is IOException and not BadHttpRequestException);

    private static Error Wrong(string why) =>
        new(ErrorKind.InvalidArgument, "web.bad-upload", $"these files cannot be read: {why}");

    private static Error TooMany(int count) =>
        new(
            ErrorKind.InvalidArgument,
            "web.upload-count",
            $"a browser sends from 1 to {mostFiles} files at a time, not {count}; for more there is: braid put file -r"
        );
}
