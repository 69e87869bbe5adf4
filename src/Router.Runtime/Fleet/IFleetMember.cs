namespace RouterGen;

/// <summary>An endpoint, as seen by the fleet: what other instances find out about it holds here, too.</summary>
internal interface IFleetEndpoint
{
    /// <summary>Another instance found out that it is to be left alone.</summary>
    /// <param name="cooldown">Why.</param>
    /// <param name="scope">The endpoint, as it joined; it may have another by now.</param>
    /// <param name="until">Until when, in ticks of the router's clock.</param>
    void Follow(SharedCooldown cooldown, string scope, long until);
}

/// <summary>A deployment, as seen by the fleet: what people change of it at one instance holds at all.</summary>
internal interface IFleetDeployment
{
    /// <summary>People changed it at another instance, or before this one was started.</summary>
    void Follow(SharedControl control);
}
