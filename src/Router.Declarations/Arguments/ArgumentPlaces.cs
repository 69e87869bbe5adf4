using RouterGen.Declarations.Sources;

namespace RouterGen.Declarations.Arguments;

/// <summary>Where a declaration states what it states. Asked only when there is a problem to report.</summary>
internal abstract class ArgumentPlaces
{
    /// <summary>The places of a snapshot, which are not kept.</summary>
    public static readonly ArgumentPlaces None = new Nowhere();

    /// <summary>The value of a property; the whole declaration where it is not stated.</summary>
    public abstract Place Of(string property);

    /// <summary>An element of a property that is an array.</summary>
    public abstract Place Of(string property, int element);

    /// <summary>What the source calls a property.</summary>
    public virtual string NameOf(string property) => property;

    private sealed class Nowhere : ArgumentPlaces
    {
        public override Place Of(string property) => Place.None;

        public override Place Of(string property, int element) => Place.None;
    }
}
