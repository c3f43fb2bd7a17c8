/** What the customers of the demo shop write about. */
import type { DemoWorkStreamName } from './demo-ids.ts';

type TopicGroup = 'shop' | 'workshop' | 'partner' | 'staff';

export const demoTopics: Readonly<Record<TopicGroup, readonly string[]>> = {
  shop: [
    'Where is my order LC-20381?',
    'Which frame size fits a height of 178 cm?',
    'Return of the Wren 7 commuter, box still unopened',
    'Voucher from the spring newsletter is not accepted',
    'Delivery date for the Plover cargo bicycle',
    'Change the delivery address of my order',
    'Is the Siskin 3 gravel bicycle in stock in green?',
    'Invoice for my employer',
    'Paid twice for one child seat',
    'Difference between the Dunlin and the Dunlin Plus',
    'Cancel an order from this morning',
    'Trade-in value of a three-year-old Plover',
    'Mudguards for 40 mm tyres',
    'Leasing through my employer',
    'Courier left the box in the rain',
    'Wrong pedals in the parcel',
    'Pick-up at the store instead of delivery',
    'Customs charge on a parcel to Norway',
    'Do you ship the trailer to the Canary Islands?',
    'Forgot the password of my account',
    'Lights for the winter commute',
    'Price change between basket and checkout',
    'Gift wrapping for a balance bicycle',
    'Weight limit of the rear rack',
  ],
  workshop: [
    'Brakes squeal after the first ride',
    'Gear shifting skips on the Siskin 3',
    'Battery shows error 12',
    'Warranty for a cracked mudguard stay',
    'Book the first inspection',
    'Motor cuts out on steep hills',
    'Spoke broke on the rear wheel',
    'Which chain for the nine-speed Dunlin?',
    'Firmware update of the display stopped half way',
    'Bearing play in the front hub',
    'Torque for the seat post clamp',
    'Replacement key for the battery lock',
    'Fork makes a clicking noise',
    'How long does a repair take at the moment?',
    'Tubeless tyre loses air overnight',
    'Suspension set-up for 95 kg',
  ],
  partner: [
    'Shipment of twelve rental bicycles incomplete',
    'New price list for dealers',
    'Spare parts on back order',
    'Demo day at our branch in June',
    'Credit note for returned frames',
    'Courier fleet: maintenance plan for next year',
  ],
  staff: [
    'Till in the Leeds store does not print',
    'Access to the returns calendar',
    'Holiday request is stuck',
    'Scanner in the warehouse is offline',
  ],
};

/** Channels whose writers are not ordinary shoppers. */
export const topicGroupOfStream: Readonly<Partial<Record<DemoWorkStreamName, TopicGroup>>> = {
  custom: 'partner',
  teams: 'staff',
};
