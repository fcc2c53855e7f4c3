using Braid.Scheduling.Sessions;

namespace Braid.Scheduling.Ordering;

/// <summary>
/// Sibling queues in a binary heap. Their standing changes while they are in it: <see cref="Update"/> moves one to where it
/// belongs.
/// </summary>
internal sealed class QueueLevel(Comparison<SessionQueue> compare)
{
    private readonly List<SessionQueue> items = [];

    /// <summary>By sibling: its place in the heap; -1 when it is not in it.</summary>
    private int[] places = [];

    public int Count => items.Count;

    public SessionQueue Top => items[0];

    public bool Contains(SessionQueue item) => item.Sibling < places.Length && places[item.Sibling] >= 0;

    public void Push(SessionQueue item)
    {
        if (item.Sibling >= places.Length)
        {
            var before = places.Length;
            Array.Resize(ref places, Math.Max(item.Sibling + 1, before * 2));
            Array.Fill(places, -1, before, places.Length - before);
        }

        items.Add(item);
        places[item.Sibling] = items.Count - 1;
        Up(items.Count - 1);
    }

    public void Remove(SessionQueue item)
    {
        var place = places[item.Sibling];
        var last = items.Count - 1;
        places[item.Sibling] = -1;
        var moved = items[last];
        items.RemoveAt(last);
        if (place < last)
        {
            Put(moved, place);
            Update(moved);
        }
    }

    public void Update(SessionQueue item)
    {
        var place = places[item.Sibling];
        if (!Up(place))
        {
            Down(place);
        }
    }

    /// <summary>Puts all in order, whatever changed.</summary>
    public void Rebuild()
    {
        for (var place = (items.Count / 2) - 1; place >= 0; place--)
        {
            Down(place);
        }
    }

    private bool Up(int place)
    {
        var item = items[place];
        var start = place;
        while (place > 0 && compare(item, items[(place - 1) / 2]) < 0)
        {
            Put(items[(place - 1) / 2], place);
            place = (place - 1) / 2;
        }

        Put(item, place);
        return place != start;
    }

    private void Down(int place)
    {
        var item = items[place];
        while (true)
        {
            var child = (place * 2) + 1;
            if (child >= items.Count)
            {
                break;
            }

            child += child + 1 < items.Count && compare(items[child + 1], items[child]) < 0 ? 1 : 0;
            if (compare(items[child], item) >= 0)
            {
                break;
            }

            Put(items[child], place);
            place = child;
        }

        Put(item, place);
    }

    private void Put(SessionQueue item, int place)
    {
        items[place] = item;
        places[item.Sibling] = place;
    }
}
