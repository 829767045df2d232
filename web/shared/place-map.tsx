import { Map as MapView, Marker, NavigationControl, ScaleControl, setWorkerUrl, type GeoJSONSource } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { areasOf, boundsOf, placesOf, styleOf, type MapArea, type MapPlace } from './map-style.js';
import './place-map.css';

setWorkerUrl(workerUrl);

/** One place alone is not looked at from nearer than this: a few streets (assumption). */
const nearest = 15;

interface Props {
  places: MapPlace[];
  areas: MapArea[];
  chosen: string | undefined;
  choose: (id: string) => void;
}

/** Places with their numbers, as buttons; whoever uses it has the same places as a list beside it. */
export default function PlaceMap({ places, areas, chosen, choose }: Props) {
  const { t } = useTranslation('shared');
  const box = useRef<HTMLDivElement>(null);
  const { map, isAway } = useMap(box);
  useEffect(() => {
    if (!map) return;
    void map.getSource<GeoJSONSource>('areas')!.setData(areasOf(areas, token));
    void map.getSource<GeoJSONSource>('places')!.setData(placesOf(places));
  }, [map, areas, places]);
  const where = JSON.stringify(boundsOf([...places, ...areas.flatMap(({ points }) => points)]));
  useEffect(() => {
    if (places.length) map?.fitBounds(JSON.parse(where) as Bounds, { padding: 60, maxZoom: nearest, animate: false });
    // What is new among the same places moves nothing.
  }, [map, where]);
  usePins(map, { places, chosen, choose });
  if (isAway) return <p className="message">{t('map.away')}</p>;
  return <div className="map-box" ref={box} data-ready={map !== undefined} data-places={places.length} />;
}

type Bounds = [number, number, number, number];

const token = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** The map once it can be drawn on, for as long as its page is there; `isAway` when a part of it could not be fetched. */
function useMap(box: RefObject<HTMLDivElement | null>): { map: MapView | undefined; isAway: boolean } {
  const { t } = useTranslation('shared');
  const [ready, setReady] = useState<MapView>();
  const [isAway, setAway] = useState(false);
  useEffect(() => {
    const map = new MapView({
      container: box.current!,
      style: styleOf(token),
      attributionControl: false,
      cooperativeGestures: true,
      dragRotate: false,
      maxPitch: 0,
      renderWorldCopies: false,
      locale: {
        'Map.Title': t('map.title'),
        'NavigationControl.ZoomIn': t('map.zoomIn'),
        'NavigationControl.ZoomOut': t('map.zoomOut'),
        'CooperativeGesturesHandler.WindowsHelpText': t('map.wheel', { key: 'Ctrl' }),
        'CooperativeGesturesHandler.MacHelpText': t('map.wheel', { key: '⌘' }),
        'CooperativeGesturesHandler.MobileHelpText': t('map.fingers'),
      },
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
    map.addControl(new ScaleControl({}), 'bottom-left');
    map.once('load', () => setReady(map));
    // All that it shows is ours and fetched once: what fails is the fetching.
    map.on('error', () => setAway(true));
    return () => {
      setReady(undefined);
      map.remove();
    };
  }, [box, t]);
  return { map: ready, isAway };
}

/** A button for each place; the chosen one is pressed, and in view. */
function usePins(map: MapView | undefined, { places, chosen, choose }: Omit<Props, 'areas'>): void {
  const pins = useRef(new Map<string, HTMLButtonElement>());
  useEffect(() => {
    if (!map) return;
    const markers = places.map(({ id, name, number, lat, lon }) => {
      const element = document.createElement('button');
      element.type = 'button';
      element.className = 'map-pin';
      element.textContent = String(number);
      element.setAttribute('aria-label', `${number}. ${name}`);
      element.addEventListener('click', () => choose(id));
      pins.current.set(id, element);
      return new Marker({ element }).setLngLat([lon, lat]).addTo(map);
    });
    return () => {
      pins.current.clear();
      markers.forEach((marker) => marker.remove());
    };
  }, [map, places, choose]);
  useEffect(() => {
    for (const [id, element] of pins.current) element.setAttribute('aria-pressed', String(id === chosen));
    const place = places.find(({ id }) => id === chosen);
    if (place && map && !map.getBounds().contains([place.lon, place.lat]))
      map.easeTo({ center: [place.lon, place.lat] });
  }, [map, places, chosen]);
}
