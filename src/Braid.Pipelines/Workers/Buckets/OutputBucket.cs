using System.Globalization;
using System.Security.Cryptography;
using Braid.Data.Naming;
using Braid.Primitives;

namespace Braid.Pipelines.Workers.Buckets;

/// <summary>Objects that become the output of the datum that runs. Each is written aside first, so that none is there in part.</summary>
public sealed class OutputBucket
{
    private readonly string folder;
    private readonly string uploads;

    internal OutputBucket(string folder, string uploads) => (this.folder, this.uploads) = (folder, uploads);

    /// <summary>Puts an object in place of any other of its key; its hash.</summary>
    public async Task<Result<string>> PutAsync(string key, Stream body, CancellationToken ct)
    {
        if (FilePath.ForWriting($"/{key}") is { Error: { } bad })
        {
            return bad;
        }

        var aside = Path.Combine(Directory.CreateDirectory(uploads).FullName, Guid());
        var hash = await WriteAsync(aside, body, ct);
        return Place(aside, key) is { } refused ? refused : hash;
    }

    /// <summary>Removes an object, if there is one.</summary>
    public Result<Unit> Delete(string key)
    {
        if (FilePath.ForWriting($"/{key}") is { Error: { } bad })
        {
            return bad;
        }

        if (File.Exists(Path.Combine(folder, key)))
        {
            File.Delete(Path.Combine(folder, key));
        }

        return Unit.Value;
    }

    /// <summary>Begins an object that comes in parts; the upload's id.</summary>
    public Result<string> Begin(string key)
    {
        if (FilePath.ForWriting($"/{key}") is { Error: { } bad })
        {
            return bad;
        }

        var id = Guid();
        Directory.CreateDirectory(Path.Combine(uploads, id));
        return id;
    }

    /// <summary>Keeps a part; its hash.</summary>
    public async Task<Result<string>> PutPartAsync(string upload, int number, Stream body, CancellationToken ct) =>
        Find(upload) is { } parts
            ? await WriteAsync(Path.Combine(parts, number.ToString(CultureInfo.InvariantCulture)), body, ct)
            : Errors.NoSuchUpload(upload);

    /// <summary>Makes an object of parts, in this order.</summary>
    public async Task<Result<string>> CompleteAsync(
        string upload,
        string key,
        IReadOnlyList<int> numbers,
        CancellationToken ct
    )
    {
        if (Find(upload) is not { } parts)
        {
            return Errors.NoSuchUpload(upload);
        }

        string[] files =
        [
            .. numbers.Select(number => Path.Combine(parts, number.ToString(CultureInfo.InvariantCulture))),
        ];
        if (files is [] || !files.All(File.Exists))
        {
            return Errors.NoSuchPart(upload);
        }

        var whole = Path.Combine(parts, "whole");
        await using (var to = File.Create(whole))
        {
            foreach (var file in files)
            {
                await using var from = File.OpenRead(file);
                await from.CopyToAsync(to, ct);
            }
        }

        if (Place(whole, key) is { } refused)
        {
            return refused;
        }

        Directory.Delete(parts, recursive: true);
        return upload;
    }

    /// <summary>Forgets an upload; false when there is none.</summary>
    public bool Abort(string upload)
    {
        if (Find(upload) is not { } parts)
        {
            return false;
        }

        Directory.Delete(parts, recursive: true);
        return true;
    }

    private static string Guid() => RandomNumberGenerator.GetHexString(32, lowercase: true);

    private static async Task<string> WriteAsync(string path, Stream body, CancellationToken ct)
    {
        await using (var to = File.Create(path))
        {
            await body.CopyToAsync(to, ct);
        }

        await using var written = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(written, ct));
    }

    /// <summary>The folder of an upload's parts; null when there is none.</summary>
    private string? Find(string upload) =>
        upload.Length == 32 && upload.All(char.IsAsciiHexDigitLower) && Directory.Exists(Path.Combine(uploads, upload))
            ? Path.Combine(uploads, upload)
            : null;

    private Error? Place(string aside, string key)
    {
        var path = Path.Combine(folder, key);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? folder);
            File.Move(aside, path, overwrite: true);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A directory is where the file should be, or a file where a directory should be.
            return Errors.KeyInTheWay(key);
        }
    }
}
