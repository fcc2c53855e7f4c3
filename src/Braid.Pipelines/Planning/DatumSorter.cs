using System.Runtime.CompilerServices;
using Braid.Primitives;
using Braid.Storage;

namespace Braid.Pipelines.Planning;

/// <summary>
/// Puts any number of datums in the order of their ids, each id once (the first that was added), in bounded memory: sorted runs
/// go to scratch files, and are merged.
/// </summary>
internal sealed class DatumSorter(ContentStore content) : IDisposable
{
    private const long mostInMemory = 32L << 20;
    private const int perItem = 128;

    private readonly List<Stream> runs = [];
    private List<Item> items = [];
    private long inMemory;

    public void Add(PlannedDatum datum)
    {
        var item = new Item(datum.Id, datum.Key, DatumInputsFormat.Encode(datum.Inputs));
        items.Add(item);
        inMemory += item.Inputs.Length + perItem;
        if (inMemory > mostInMemory)
        {
            Spill();
        }
    }

    public IEnumerable<PlannedDatum> Sorted()
    {
        Sha256Hash? last = null;
        foreach (var item in Merged())
        {
            if (item.Id != last)
            {
                last = item.Id;
                yield return new(item.Id, item.Key, DatumInputsFormat.Decode(item.Inputs));
            }
        }
    }

    public void Dispose() => runs.ForEach(run => run.Dispose());

    // Runs are in the order in which they were added, so a run's number settles which of two equal ids came first.
    private IEnumerable<Item> Merged()
    {
        var heads = new PriorityQueue<IEnumerator<Item>, (Sha256Hash Id, int Run)>();
        foreach (var (number, items) in runs.Select(Read).Append(InOrder()).Index())
        {
            Advance(heads, items.GetEnumerator(), number);
        }

        while (heads.TryDequeue(out var head, out var place))
        {
            yield return head.Current;
            Advance(heads, head, place.Run);
        }
    }

    private static void Advance(
        PriorityQueue<IEnumerator<Item>, (Sha256Hash Id, int Run)> heads,
        IEnumerator<Item> items,
        int run
    )
    {
        if (items.MoveNext())
        {
            heads.Enqueue(items, (items.Current.Id, run));
        }
        else
        {
            items.Dispose();
        }
    }

    private IEnumerable<Item> InOrder() => items.OrderBy(item => item.Id);

    private void Spill()
    {
        var run = content.OpenScratch();
        runs.Add(run);
        using var writer = new BinaryWriter(
            new BufferedStream(run, 1 << 20),
            System.Text.Encoding.UTF8,
            leaveOpen: true
        );
        foreach (var item in InOrder())
        {
            writer.Write(item.Id.Bytes);
            writer.Write(item.Key.Bytes);
            writer.Write7BitEncodedInt(item.Inputs.Length);
            writer.Write(item.Inputs);
        }

        items = [];
        inMemory = 0;
    }

    private static IEnumerable<Item> Read(Stream run)
    {
        run.Position = 0;
        using var reader = new BinaryReader(
            new BufferedStream(run, 1 << 16),
            System.Text.Encoding.UTF8,
            leaveOpen: true
        );
        while (reader.ReadBytes(Sha256Hash.Size) is { Length: > 0 } id)
        {
            var key = new Sha256Hash(reader.ReadBytes(Sha256Hash.Size));
            yield return new(new(id), key, reader.ReadBytes(reader.Read7BitEncodedInt()));
        }
    }

    private readonly record struct Item(Sha256Hash Id, Sha256Hash Key, byte[] Inputs);
}
