namespace RouterGen;

/// <summary>Stands for a declared policy that could not be made: it takes no deployment, because that policy might have taken none.</summary>
internal sealed class UnmadePolicy : SelectionPolicy
{
    public static readonly UnmadePolicy Instance = new();

    internal override bool DecidesAlone => true;

    public override int Pick(in SelectionContext context) => Refusals.Failed;
}
