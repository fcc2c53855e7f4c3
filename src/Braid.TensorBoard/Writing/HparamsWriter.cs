using Braid.TensorBoard.Events;
using Braid.TensorBoard.Wire;

namespace Braid.TensorBoard.Writing;

/// <summary>Writes what TensorBoard's plugin for hyperparameters keeps in metadata.</summary>
internal static class HparamsWriter
{
    public static byte[] Start(IReadOnlyList<(string Name, HparamValue Value)> values) =>
        new ProtoWriter()
            .Message(
                3,
                start =>
                {
                    foreach (var (name, value) in values)
                    {
                        start.Message(1, entry => entry.Text(1, name).Message(2, field => Write(field, value)));
                    }
                }
            )
            .Written.ToArray();

    public static byte[] End(HparamsStatus status) =>
        new ProtoWriter().Message(4, end => end.Varint(1, (long)status)).Written.ToArray();

    private static void Write(ProtoWriter field, HparamValue value)
    {
        switch (value)
        {
            case HparamValue.Number number:
                field.Double(2, number.Value);
                break;
            case HparamValue.Text text:
                field.Text(3, text.Value);
                break;
            case HparamValue.Flag flag:
                field.Varint(4, flag.Value ? 1 : 0);
                break;
            default:
                field.Varint(1, 0);
                break;
        }
    }
}
