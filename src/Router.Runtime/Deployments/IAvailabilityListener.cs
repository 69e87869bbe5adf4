namespace RouterGen;

/// <summary>Learns that deployments may have become available: the queue of their group.</summary>
internal interface IAvailabilityListener
{
    /// <summary>A deployment of the group may have become available, to any number of calls.</summary>
    void Changed();
}
