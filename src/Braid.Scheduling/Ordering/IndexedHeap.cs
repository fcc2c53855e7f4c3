namespace Braid.Scheduling.Ordering;

/// <summary>A binary heap whose members can change their standing: <see cref="Update"/> moves one to where it belongs.</summary>
internal sealed class IndexedHeap<T>(Comparison<T> compare)
    where T : class
{
    private readonly List<T> items = [];
    private readonly Dictionary<T, int> places = new(ReferenceEqualityComparer.Instance);

    public int Count => items.Count;

    public T Top => items[0];

    public bool Contains(T item) => places.ContainsKey(item);

    public void Push(T item)
    {
        items.Add(item);
        places[item] = items.Count - 1;
        Up(items.Count - 1);
    }

    public T Pop()
    {
        var top = items[0];
        Remove(top);
        return top;
    }

    public void Remove(T item)
    {
        var place = places[item];
        var last = items.Count - 1;
        places.Remove(item);
        var moved = items[last];
        items.RemoveAt(last);
        if (place < last)
        {
            Put(moved, place);
            Update(moved);
        }
    }

    public void Update(T item)
    {
        var place = places[item];
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

    private void Put(T item, int place)
    {
        items[place] = item;
        places[item] = place;
    }
}
