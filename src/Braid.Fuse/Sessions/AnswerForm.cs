using Braid.Fuse.Operations;
using Braid.Fuse.Wire;

namespace Braid.Fuse.Sessions;

/// <summary>How each kind of value is written into an answer.</summary>
internal static class AnswerForm
{
    public static void Entry(Entry entry, Answer to) => to.Set(WireForm.Entry(entry));

    public static void Attributes((NodeAttributes Attributes, TimeSpan Valid) found, Answer to) =>
        to.Set(WireForm.Attributes(found.Attributes, found.Valid));

    public static void OpenedFile(Opened opened, Answer to) => to.Set(WireForm.Open(opened, isDirectory: false));

    public static void OpenedDirectory(Opened opened, Answer to) => to.Set(WireForm.Open(opened, isDirectory: true));

    public static void Created((Entry Entry, Opened Opened) made, Answer to) =>
        to.Set(
            new CreateOut { Entry = WireForm.Entry(made.Entry), Open = WireForm.Open(made.Opened, isDirectory: false) }
        );

    public static void Written(int length, Answer to) => to.Set(new WriteOut { Size = (uint)length });

    public static void Statistics(Statistics statistics, Answer to) => to.Set(WireForm.Statistics(statistics));

    public static void Extended((ReadOnlyMemory<byte> Value, bool SizeOnly) found, Answer to)
    {
        if (found.SizeOnly)
        {
            to.Set(new GetExtendedOut { Size = (uint)found.Value.Length });
            return;
        }

        found.Value.CopyTo(to.Room);
        to.Length = found.Value.Length;
    }
}
