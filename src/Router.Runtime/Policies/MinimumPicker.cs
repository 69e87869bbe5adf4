namespace RouterGen;

/// <summary>Finds the lowest of the values that it is offered. Of equals, each is as likely to be found.</summary>
/// <param name="noise">A random number.</param>
internal struct MinimumPicker(ulong noise)
{
    private double _value = double.PositiveInfinity;
    private uint _equals;

    /// <summary>Gets the index of the lowest; 0 where nothing was offered that is a number.</summary>
    public int Index { get; private set; }

    public void Offer(int index, double value)
    {
        if (value > _value) return;
        if (value < _value)
        {
            _value = value;
            _equals = 1;
            Index = index;
        }
        else if (value == _value)
        {
            // The n-th of n equals takes the place of the one before with a chance of one in n: so all have the same.
            noise = noise * 6364136223846793005 + 1442695040888963407;
            if ((noise >> 32) * ++_equals >> 32 == 0) Index = index;
        }
    }
}
