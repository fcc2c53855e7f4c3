namespace Braid.Testing;

/// <summary>Damages what lies on the disk, as failing hardware does.</summary>
public static class Damage
{
    /// <summary>Flips one bit in the only place of the folder's files where these bytes are stored as they are.</summary>
    public static void Flip(string folder, ReadOnlySpan<byte> bytes)
    {
        foreach (var path in Directory.GetFiles(folder))
        {
            var at = File.ReadAllBytes(path).AsSpan().IndexOf(bytes);
            if (at >= 0)
            {
                Flip(path, at, bit: 0);
                return;
            }
        }

        throw new InvalidOperationException($"no file of {folder} holds the bytes");
    }

    /// <summary>Flips one bit in place, so that whoever has the file open sees it.</summary>
    public static void Flip(string path, long offset, int bit)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var one = new byte[1];
        RandomAccess.Read(file, one, offset);
        one[0] ^= (byte)(1 << bit);
        RandomAccess.Write(file, one, offset);
    }
}
