using System.Text;
using Braid.Grpc.Framing;
using Braid.Grpc.Framing.Hot;
using Google.Protobuf;

namespace Braid.Gateway.Pachyderm.Files.Hot;

/// <summary>
/// Splits a message that adds bytes to a file: adding them in parts, in order, comes to the same. Taken apart is what clients
/// send, the fields in the order of their numbers and the bytes last; anything else is read as a whole.
/// </summary>
internal sealed class AddFileSplitter : IMessageSplitter<Pfs.ModifyFileRequest>
{
    private AddFileSplitter() { }

    public static AddFileSplitter Instance { get; } = new();

    public bool TryReadHead(ReadOnlySpan<byte> start, int length, out int headLength, out Pfs.ModifyFileRequest? head)
    {
        (headLength, head) = (0, null);
        var (path, datum) = ("", "");
        var rest = new Cursor(start, length);
        if (!rest.TryEnterLast(Pfs.ModifyFileRequest.AddFileFieldNumber))
        {
            return false;
        }

        while (!rest.TryEnterLast(Pfs.AddFile.RawFieldNumber))
        {
            if (!rest.TryReadText(out var field, out var text))
            {
                return false;
            }

            switch (field)
            {
                case Pfs.AddFile.PathFieldNumber:
                    path = text;
                    break;
                case Pfs.AddFile.DatumFieldNumber:
                    datum = text;
                    break;
                default:
                    return false;
            }
        }

        if (!rest.TryEnterLast(BytesValue.ValueFieldNumber))
        {
            return false;
        }

        headLength = rest.At;
        head = new()
        {
            AddFile = new() { Path = path, Datum = datum },
        };
        return true;
    }

    public Pfs.ModifyFileRequest WithBytes(Pfs.ModifyFileRequest head, ReadOnlyMemory<byte> bytes) =>
        new()
        {
            AddFile = new()
            {
                Path = head.AddFile.Path,
                Datum = head.AddFile.Datum,
                Raw = UnsafeByteOperations.UnsafeWrap(bytes),
            },
        };

    /// <summary>Where reading is in the start of a message of a length.</summary>
    private ref struct Cursor(ReadOnlySpan<byte> start, int length)
    {
        private readonly int seen = start.Length;
        private ReadOnlySpan<byte> rest = start;

        public readonly int At => seen - rest.Length;

        /// <summary>Moves into the field when it comes next and reaches to the end of the message.</summary>
        public bool TryEnterLast(int number)
        {
            var from = rest;
            if (
                !FieldHeader.TryRead(ref from, out var field)
                || field.Number != number
                || seen - from.Length + (long)field.Length != length
            )
            {
                return false;
            }

            rest = from;
            return true;
        }

        public bool TryReadText(out int number, out string text)
        {
            (number, text) = (0, "");
            if (!FieldHeader.TryRead(ref rest, out var field) || field.Length > rest.Length)
            {
                return false;
            }

            (number, text) = (field.Number, Encoding.UTF8.GetString(rest[..field.Length]));
            rest = rest[field.Length..];
            return true;
        }
    }
}
