using Braid.Cli.Archives;
using Braid.Cli.CommandLine;
using Braid.Cli.Transfers;

namespace Braid.Cli.Uploads;

/// <summary>
/// Decides where each source goes, as pachctl does: without a target under the source's own name; a single source takes the
/// target as its name; several go below it. The files of a folder keep their paths below the folder's place.
/// </summary>
internal sealed class PutPlan
{
    public const string StandardInput = "-";

    /// <summary>The path that the command names; empty when it names none.</summary>
    public required string Target { get; init; }

    /// <summary>How many sources there are.</summary>
    public required int Sources { get; init; }

    public bool IsRecursive { get; init; }

    public bool KeepsFullPath { get; init; }

    /// <summary>Archives stand for the files in them.</summary>
    public bool Unpacks { get; init; }

    public Func<Stream> OpenInput { get; init; } = () => Stream.Null;

    /// <summary>What to put; a folder's files are found while they are asked for.</summary>
    /// <exception cref="Failure">A folder without --recursive, nothing there, or standard input without a name.</exception>
    public IEnumerable<UploadPart> Of(string source)
    {
        if (source == StandardInput)
        {
            return [Input()];
        }

        if (IsAddress(source))
        {
            var address = new Uri(source).AbsolutePath;
            return [new AddressPart(IsRecursive ? Place(address) : FilePlace(address), source, IsRecursive)];
        }

        return FileStatus.Of(source) switch
        {
            null => throw new Failure($"{source}: no such file or directory"),
            { Kind: FileKind.Directory } => Folder(source),
            { Kind: FileKind.Regular } when Unpacks && ArchiveReader.IsArchive(source) => [Archive(Target, source)],
            { Kind: FileKind.Regular, Size: > 0 } file => [Whole(FilePlace(source), source, file)],
            // A pipe; or a file that does not say how long it is, as those of /proc.
            _ => [new StreamPart(FilePlace(source), () => File.OpenRead(source))],
        };
    }

    public static bool IsAddress(string source) => source.Contains("://", StringComparison.Ordinal);

    private UploadPart Input() =>
        Unpacks ? new ArchivePart(Target, "standard input", OpenInput)
        : Target.Length > 0 ? new StreamPart(Target, OpenInput)
        : throw new Failure("must specify filename when reading data from stdin");

    private IEnumerable<UploadPart> Folder(string folder)
    {
        if (!IsRecursive)
        {
            throw new Failure($"{folder} is a directory, use -r");
        }

        var place = Place(folder);
        return SourceTree
            .Files(folder)
            .Select<FoundFile, UploadPart>(file =>
                Unpacks && ArchiveReader.IsArchive(file.Name)
                    ? Archive(Join(place, Path.GetDirectoryName(file.Name) ?? ""), file.Path)
                    : Whole(Join(place, file.Name), file.Path, file.Status)
            );
    }

    private string FilePlace(string source) =>
        Sources == 1 && Target.EndsWith('/') ? Join(Target, NameOf(source)) : Place(source);

    private string Place(string source) => Target.Length == 0 || Sources > 1 ? Join(Target, NameOf(source)) : Target;

    private string NameOf(string source)
    {
        var name = KeepsFullPath ? source : Path.GetFileName(source.TrimEnd('/'));
        // The current folder has no name to keep.
        return name == "." ? "" : name;
    }

    private static ArchivePart Archive(string place, string file) => new(place, file, () => File.OpenRead(file));

    private static FilePart Whole(string path, string from, FileStatus file) =>
        new(path, from, 0, file.Size, file.Modified);

    private static string Join(string folder, string name) =>
        name.Length == 0 ? folder : $"{folder.TrimEnd('/')}/{name.TrimStart('/')}";
}
