using System.Buffers.Binary;

namespace Braid.Client.Formats;

/// <summary>Writes samples between -1 and 1 as WAV, 16 bits per sample.</summary>
internal static class Wav
{
    private const int headerSize = 44;

    /// <exception cref="ArgumentException">Rate or channels make no sense, or the last frame is not whole.</exception>
    public static byte[] Encode(ReadOnlySpan<float> samples, int sampleRate, int channels)
    {
        if (sampleRate < 1 || channels < 1 || samples.Length % channels != 0)
        {
            throw new ArgumentException(
                $"{samples.Length} samples are no sound of {channels} channels at {sampleRate} Hz"
            );
        }

        var file = new byte[headerSize + (samples.Length * 2)];
        WriteHeader(file, sampleRate, channels);
        for (var i = 0; i < samples.Length; i++)
        {
            var sample = float.IsNaN(samples[i]) ? 0 : Math.Clamp(samples[i], -1, 1);
            BinaryPrimitives.WriteInt16LittleEndian(
                file.AsSpan(headerSize + (i * 2)),
                (short)MathF.Round(sample * short.MaxValue)
            );
        }

        return file;
    }

    private static void WriteHeader(Span<byte> file, int sampleRate, int channels)
    {
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(file[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(file[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(file[20..], 1); // PCM
        BinaryPrimitives.WriteInt16LittleEndian(file[22..], (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(file[24..], sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(file[28..], sampleRate * channels * 2);
        BinaryPrimitives.WriteInt16LittleEndian(file[32..], (short)(channels * 2));
        BinaryPrimitives.WriteInt16LittleEndian(file[34..], 16);
        "data"u8.CopyTo(file[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(file[40..], file.Length - headerSize);
    }
}
