namespace AbTest;

/// <summary>How many answers of a deployment were good.</summary>
internal sealed class Score
{
    public int Count { get; private set; }

    public int Good { get; private set; }

    public decimal Cost { get; private set; }

    public double Share => Count == 0 ? 0 : (double)Good / Count;

    public void Add(bool isGood, decimal cost)
    {
        Count++;
        if (isGood) Good++;
        Cost += cost;
    }
}

/// <summary>A 95 % confidence interval.</summary>
internal readonly record struct Interval(double Low, double High)
{
    private const double Z = 1.959964; // 97.5 % of a normal distribution are below it.

    /// <summary>Wilson's score interval (1927) of a share, which holds also where the share is near 0 or 1, or calls are few.</summary>
    public static Interval OfShare(int good, int count)
    {
        if (count == 0) return new(0, 1);
        double share = (double)good / count;
        double scale = 1 + Z * Z / count;
        double centre = (share + Z * Z / (2 * count)) / scale;
        double half = Z / scale * Math.Sqrt(share * (1 - share) / count + Z * Z / (4.0 * count * count));
        return new(centre - half, centre + half);
    }

    /// <summary>Newcombe's interval (1998) of the difference of two shares, made of the Wilson intervals of both.</summary>
    public static Interval OfDifference(Score a, Score b)
    {
        Interval ofA = OfShare(a.Good, a.Count);
        Interval ofB = OfShare(b.Good, b.Count);
        double difference = a.Share - b.Share;
        return new(difference - Root(a.Share - ofA.Low, ofB.High - b.Share), difference + Root(ofA.High - a.Share, b.Share - ofB.Low));
    }

    public override string ToString() => $"{Low:P1} to {High:P1}";

    private static double Root(double x, double y) => Math.Sqrt(x * x + y * y);
}
