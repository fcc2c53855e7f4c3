using Braid.TensorBoard.Events;
using Braid.TensorBoard.Wire;

namespace Braid.TensorBoard.Decoding;

/// <summary>The values of a tensor that lie in a field for their type.</summary>
internal sealed class TensorValues
{
    public List<double> Numbers { get; } = [];
    public List<ReadOnlyMemory<byte>> Strings { get; } = [];

    public void Read(ref ProtoReader reader, TensorType type)
    {
        switch (reader.Field)
        {
            case 5:
                reader.ReadSingles(Numbers);
                break;
            case 6:
                reader.ReadDoubles(Numbers);
                break;
            case 8:
                Strings.Add(reader.ReadBytes().ToArray());
                break;
            case 7 or 10 or 11 or 13 or 16 or 17:
                ReadIntegers(ref reader, type);
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private void ReadIntegers(ref ProtoReader reader, TensorType type)
    {
        var field = reader.Field;
        var integers = new List<long>();
        reader.ReadVarints(integers);
        foreach (var integer in integers)
        {
            Numbers.Add(
                field switch
                {
                    13 when type == TensorType.BFloat16 => TensorContent.BFloat16((ushort)integer),
                    13 => (double)BitConverter.UInt16BitsToHalf((ushort)integer),
                    17 => (ulong)integer,
                    _ => integer,
                }
            );
        }
    }
}
