namespace Braid.Cli.OldForms.Splitting;

/// <summary>How much goes into one file; without any limit it is one record.</summary>
/// <param name="Records">This many records; 0 is no limit.</param>
/// <param name="Bytes">About this many bytes: the record that reaches it is the last; 0 is no limit.</param>
internal sealed record PartSizes(long Records, long Bytes)
{
    public bool IsFull(long records, long bytes) =>
        (Records == 0 && Bytes == 0) || (Records > 0 && records >= Records) || (Bytes > 0 && bytes >= Bytes);
}
