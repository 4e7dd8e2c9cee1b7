/** The pictures that README and the help in the app show: as what lies in `resources/help`, and by which name `npm run screenshots` shot it. */
export const helpPictures = {
  servers: '1-servers-light',
  placement: '3-placement-light',
  reachability: '4-reachability-light',
  review: '5-review-light',
  install: '6-install-light',
  failover: '7-failover-live-light',
  'window-report': '8-report-light',
  maintenance: '9-maintenance-light',
  'maintenance-now': '9-maintenance-now',
  'maintenance-ended': '9-maintenance-ended',
  bundle: '9-bundle-written-light',
  report: 'report',
  timeline: 'timeline',
} as const satisfies Readonly<Record<string, string>>;
