namespace Braid.Client.Backends.Folder;

/// <summary>A file of lines that a program which was killed may have left with half a line at its end.</summary>
internal static class LineFile
{
    private const int blockSize = 4096;

    /// <summary>Cuts the file behind its last whole line.</summary>
    public static void CutTornLine(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.SetLength(WholeLength(file));
    }

    private static long WholeLength(FileStream file)
    {
        var block = new byte[blockSize];
        for (var end = file.Length; end > 0; )
        {
            var start = Math.Max(0, end - blockSize);
            var part = block.AsSpan(0, (int)(end - start));
            file.Position = start;
            file.ReadExactly(part);
            if (part.LastIndexOf((byte)'\n') is >= 0 and var newline)
            {
                return start + newline + 1;
            }

            end = start;
        }

        return 0;
    }
}
